using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TraceDemo.ServiceDefaults.Telemetry.Propagation;

/// <summary>
/// The header <c>sw8</c> of SkyWalking's cross-process propagation, version 3:
/// eight fields separated by dashes, the textual ones in Base64.
/// </summary>
internal sealed record Sw8(
    bool Sampled, string TraceId, string SegmentId, int SpanId, string Service, string Instance, string Endpoint, string Target)
{
    internal const string Header = "sw8";
    internal const int MaxLength = 2048;
    private const int FieldCount = 8;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static bool TryParse(string? header, [NotNullWhen(true)] out Sw8? context)
    {
        context = null;
        if (header is null or { Length: > MaxLength })
        {
            return false;
        }

        var fields = header.Trim(' ', '\t').Split('-', FieldCount + 1);
        if (fields.Length != FieldCount || fields[0] is not ("0" or "1"))
        {
            return false;
        }

        if (!int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var spanId))
        {
            return false;
        }

        string?[] texts = [.. fields.Where((_, index) => index is not (0 or 3)).Select(Decode)];
        if (texts is not [{ } trace, { } segment, { } service, { } instance, { } endpoint, { } target])
        {
            return false;
        }

        context = new Sw8(fields[0] == "1", trace, segment, spanId, service, instance, endpoint, target);
        return true;
    }

    public override string ToString() => string.Join(
        '-', Sampled ? "1" : "0", Encode(TraceId), Encode(SegmentId), SpanId.ToString(CultureInfo.InvariantCulture),
        Encode(Service), Encode(Instance), Encode(Endpoint), Encode(Target));

    /// <summary>Our own ids are restored unchanged; a foreign id is hashed,
    /// so that all spans of its trace share one id.</summary>
    internal TraceParent ToTraceParent()
    {
        var traceId = IsHex(TraceId, 32) ? TraceId : Hash(TraceId)[..32];
        var parentId = SpanId == 0 && IsHex(SegmentId, 16) ? SegmentId : Hash($"{SegmentId}\n{SpanId}")[..16];
        return new(ActivityTraceId.CreateFromString(traceId), ActivitySpanId.CreateFromString(parentId),
            Sampled ? TraceParent.Sampled : (byte)0);
    }

    private static bool IsHex(string text, int length) =>
        text.Length == length && text.All(char.IsAsciiHexDigitLower) && text.AsSpan().ContainsAnyExcept('0');

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? Decode(string field)
    {
        var bytes = new byte[field.Length];
        if (!Convert.TryFromBase64String(field, bytes, out var length) || length == 0)
        {
            return null;
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
