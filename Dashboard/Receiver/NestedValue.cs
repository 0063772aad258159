using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>Writes an array or a map as JSON text that is small, shallow and well-formed for any input.</summary>
internal sealed class NestedValue(Intake intake) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter? _writer;

    public Utf8JsonWriter Writer => _writer ??= new Utf8JsonWriter(_buffer, Options);

    /// <summary>Whether one more element may be written; otherwise it is omitted and counted.</summary>
    public bool HasRoom(int depth)
    {
        if (depth <= Intake.MaxDepth && Writer.BytesCommitted + Writer.BytesPending < Intake.MaxValue / 2)
        {
            return true;
        }
        intake.CountCut();
        return false;
    }

    public void Write(TagKind kind, string value)
    {
        if (kind is TagKind.Text || value.Length == 0)
        {
            Writer.WriteStringValue(value);
        }
        else
        {
            Writer.WriteRawValue(value);
        }
    }

    public string Finish()
    {
        Writer.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    public void Dispose() => _writer?.Dispose();
}
