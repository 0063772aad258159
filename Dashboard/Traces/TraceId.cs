using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TraceDemo.Dashboard.Traces;

/// <summary>The 16 bytes of a W3C trace id, without a string per span.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct TraceId(ulong High, ulong Low) : IParsable<TraceId>
{
    internal bool IsValid => (High | Low) != 0;

    internal static bool TryRead(ReadOnlySpan<byte> bytes, out TraceId id)
    {
        id = bytes.Length == 16
            ? new TraceId(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..])) : default;
        return id.IsValid;
    }

    public static TraceId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A trace id is 32 hexadecimal digits, not all of them zero.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TraceId result)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (s is { Length: 32 } && Convert.FromHexString(s, bytes, out _, out _) == OperationStatus.Done)
        {
            return TryRead(bytes, out result);
        }
        result = default;
        return false;
    }

    public override int GetHashCode() => KeyedHash.Of(High, Low);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
