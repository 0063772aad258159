using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace TraceDemo.Dashboard.Traces;

/// <summary>The 8 bytes of a span id; the default value means "none".</summary>
public readonly record struct SpanId(ulong Value)
{
    internal bool IsValid => Value != 0;

    internal static bool TryRead(ReadOnlySpan<byte> bytes, out SpanId id)
    {
        id = bytes.Length == 8 ? new SpanId(BinaryPrimitives.ReadUInt64BigEndian(bytes)) : default;
        return id.IsValid;
    }

    internal static bool TryParse(string? text, out SpanId id)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (text is { Length: 16 } && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done)
        {
            return TryRead(bytes, out id);
        }
        id = default;
        return false;
    }

    public override int GetHashCode() => KeyedHash.Of(Value, 0);

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
