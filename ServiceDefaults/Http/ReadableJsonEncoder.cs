using System.Buffers;
using System.Text.Encodings.Web;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Leaves quotes inside strings, apostrophes, plus signs and letters readable (RFC 8259 §7). Characters that could start markup remain
/// escaped, in case a body is interpreted as a page; the framework's relaxed encoder does not escape them.
/// </summary>
internal sealed class ReadableJsonEncoder : JavaScriptEncoder
{
    private static readonly JavaScriptEncoder Relaxed = UnsafeRelaxedJsonEscaping;
    private static readonly SearchValues<char> Markup = SearchValues.Create("<>&");
    private static readonly SearchValues<byte> MarkupUtf8 = SearchValues.Create("<>&"u8);

    public override int MaxOutputCharactersPerInputCharacter => Relaxed.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => IsMarkup(unicodeScalar) || Relaxed.WillEncode(unicodeScalar);

    // The framework's signature has pointers; this code stays within their bounds.
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var markup = new ReadOnlySpan<char>(text, textLength).IndexOfAny(Markup);
        var earlier = Relaxed.FindFirstCharacterToEncode(text, markup < 0 ? textLength : markup);
        return earlier < 0 ? markup : earlier;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var markup = utf8Text.IndexOfAny(MarkupUtf8);
        var earlier = Relaxed.FindFirstCharacterToEncodeUtf8(markup < 0 ? utf8Text : utf8Text[..markup]);
        return earlier < 0 ? markup : earlier;
    }

    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        (IsMarkup(unicodeScalar) ? Default : Relaxed).TryEncodeUnicodeScalar(
            unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    private static bool IsMarkup(int character) => character is '<' or '>' or '&';
}
