using System.Text.Json;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

internal enum Signal { Traces, Logs, Metrics }

/// <summary>OTLP/HTTP as https://opentelemetry.io/docs/specs/otlp/#otlphttp describes it.</summary>
internal sealed class OtlpEndpoints(
    IOptions<OtlpOptions> options, SenderKeys keys, TraceStore store, IntakeCounters counters, ForwardQueue forward)
{
    private readonly StringPool _pool = new();
    private long _bytesInFlight;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/traces", context => ReceiveAsync(Signal.Traces, context));
        routes.MapPost("/v1/logs", context => ReceiveAsync(Signal.Logs, context));
        routes.MapPost("/v1/metrics", context => ReceiveAsync(Signal.Metrics, context));
    }

    private async Task ReceiveAsync(Signal signal, HttpContext context)
    {
        var answer = new OtlpAnswer(context);
        if (!keys.TryIdentify(context.Request.Headers[SenderKeys.Header], out var sender))
        {
            await answer.RefuseAsync(StatusCodes.Status401Unauthorized, $"Send the key of your service in the header {SenderKeys.Header}.");
        }
        else if (!answer.IsProtobuf && !answer.IsJson)
        {
            await answer.RefuseAsync(StatusCodes.Status415UnsupportedMediaType, "Send application/x-protobuf or application/json.");
        }
        else if (context.Request.Headers.ContentEncoding.ToString() is not ("" or "identity" or "gzip"))
        {
            await answer.RefuseAsync(StatusCodes.Status415UnsupportedMediaType, "Send the body plain or as gzip.");
        }
        else
        {
            await AdmitAsync(signal, sender, answer, context);
        }
    }

    private async Task AdmitAsync(Signal signal, Sender sender, OtlpAnswer answer, HttpContext context)
    {
        var limits = options.Value;
        var gzip = context.Request.Headers.ContentEncoding == "gzip";
        var reserved = gzip ? limits.MaxInflatedBytes : Math.Min(context.Request.ContentLength ?? limits.MaxBodyBytes, limits.MaxBodyBytes);
        try
        {
            if (Interlocked.Add(ref _bytesInFlight, reserved) > limits.MaxBytesInFlight)
            {
                context.Response.Headers.RetryAfter = "1";
                await answer.RefuseAsync(StatusCodes.Status429TooManyRequests, "The receiver is busy.");
                return;
            }

            using var body = await OtlpBody.ReadAsync(context.Request, gzip, limits, context.RequestAborted);
            if (body is null)
            {
                await answer.RefuseAsync(StatusCodes.Status413PayloadTooLarge, "The body is too large: send smaller batches.");
                return;
            }

            var intake = new Intake(sender, _pool);
            Read(signal, answer.IsJson, body.Bytes, intake);
            store.Add(intake.Spans, intake.Logs);
            counters.Count(intake);
            // Whole or not at all: a message with spans that the sender may not send is passed to nobody.
            if (signal == Signal.Traces && answer.IsProtobuf && intake is { Rejected: 0, Spans.Count: > 0 })
            {
                forward.Offer(sender, body.Bytes.Span);
            }

            await answer.AcceptAsync(signal, intake);
        }
        // GetString of System.Text.Json throws InvalidOperationException for text that is no Unicode.
        catch (Exception malformed) when (malformed is InvalidDataException or JsonException or InvalidOperationException)
        {
            counters.CountMalformed();
            await answer.RefuseAsync(StatusCodes.Status400BadRequest, "The body is not the OTLP message that its content type says.");
        }
        finally
        {
            Interlocked.Add(ref _bytesInFlight, -reserved);
        }
    }

    /// <summary>Fills the intake; throws one of the three exceptions above when the body is malformed, and no other.</summary>
    internal static void Read(Signal signal, bool json, ReadOnlyMemory<byte> body, Intake intake)
    {
        switch (signal, json)
        {
            case (Signal.Traces, true): JsonSignals.ReadTraces(body, intake); break;
            case (Signal.Traces, false): ProtobufTraces.Read(body.Span, intake); break;
            case (Signal.Logs, true): JsonSignals.ReadLogs(body, intake); break;
            case (Signal.Logs, false): ProtobufLogs.Read(body.Span, intake); break;
            default: break; // Metrics are accepted, so that senders need no exception for us, and dropped.
        }
    }
}
