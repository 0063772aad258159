using System.Text.Json;
using Google.Protobuf;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>Responds in the encoding of the request, as the protocol requires.</summary>
internal sealed class OtlpResponse(HttpContext context)
{
    private readonly string _contentType = (context.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    public bool IsProtobuf => _contentType == "application/x-protobuf";

    public bool IsJson => _contentType == "application/json";

    public Task AcceptAsync(Signal signal, Intake intake)
    {
        var rejected = signal == Signal.Logs ? "rejectedLogRecords" : "rejectedSpans";
        if (IsJson)
        {
            return intake.Rejected == 0
                ? WriteAsync("{}"u8.ToArray())
                : WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
                {
                    ["partialSuccess"] = new Dictionary<string, object>
                    {
                        [rejected] = $"{intake.Rejected}",
                        ["errorMessage"] = intake.RejectedBecause,
                    },
                }));
        }

        return WriteAsync(intake.Rejected == 0 ? [] : Message(output =>
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(Message(partial =>
            {
                partial.WriteTag(1, WireFormat.WireType.Varint);
                partial.WriteInt64(intake.Rejected);
                WriteText(partial, 2, intake.RejectedBecause);
            })));
        }));
    }

    /// <summary>A google.rpc.Status with the message; its code member may remain unset.</summary>
    public Task RefuseAsync(int status, string message)
    {
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }
        context.Response.StatusCode = status;
        return WriteAsync(IsProtobuf
            ? Message(output => WriteText(output, 2, message))
            : JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["message"] = message }));
    }

    private Task WriteAsync(byte[] body)
    {
        context.Response.ContentType = IsProtobuf ? "application/x-protobuf" : "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(output);
        }
        return buffer.ToArray();
    }

    private static void WriteText(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }
}
