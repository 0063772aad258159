using System.Buffers;
using System.Diagnostics;
using System.Globalization;

namespace TraceDemo.ServiceDefaults.Telemetry.Propagation;

/// <summary>The header <c>traceparent</c> of W3C Trace Context, level 2. Always written as version 00.</summary>
internal readonly record struct TraceParent(ActivityTraceId TraceId, ActivitySpanId ParentId, byte Flags)
{
    internal const string Header = "traceparent";
    internal const byte Sampled = 0x01;

    // Level 2 §3.2.2.5.2: at least the right-most seven bytes of the trace id are random.
    internal const byte Random = 0x02;

    private const byte KnownFlags = Sampled | Random;
    private const int Length = 55;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads a header; false if the standard calls it invalid, in which case a new trace begins (§3.2.1).</summary>
    internal static bool TryParse(ReadOnlySpan<char> header, out TraceParent parent)
    {
        parent = default;
        var text = header.Trim(" \t");
        if (text.Length < Length || text[2] != '-' || text[35] != '-' || text[52] != '-' || !KnowsVersion(text))
        {
            return false;
        }

        var traceId = text[3..35];
        var parentId = text[36..52];
        var flags = text[53..55];
        if (!IsIdentifier(traceId) || !IsIdentifier(parentId) || flags.ContainsAnyExcept(LowerHex))
        {
            return false;
        }

        var known = byte.Parse(flags, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & KnownFlags;
        parent = new(ActivityTraceId.CreateFromString(traceId), ActivitySpanId.CreateFromString(parentId), (byte)known);
        return true;
    }

    public override string ToString() => $"00-{TraceId.ToHexString()}-{ParentId.ToHexString()}-{Flags:x2}";

    internal ActivityContext ToContext(string? traceState) => new(TraceId, ParentId, (ActivityTraceFlags)Flags, traceState, isRemote: true);

    /// <summary>Version 00 ends after the flags; a later version may continue after another dash (§4.4); ff is forbidden.</summary>
    private static bool KnowsVersion(ReadOnlySpan<char> text)
    {
        var version = text[..2];
        if (version.ContainsAnyExcept(LowerHex) || version is "ff")
        {
            return false;
        }

        return text.Length == Length || (version is not "00" && text[Length] == '-');
    }

    private static bool IsIdentifier(ReadOnlySpan<char> hex) => !hex.ContainsAnyExcept(LowerHex) && hex.ContainsAnyExcept('0');
}
