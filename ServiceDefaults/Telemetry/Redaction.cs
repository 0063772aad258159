using System.Text.RegularExpressions;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Removes everything that looks like a JSON Web Token: the last line of defence, for texts of libraries and callers.</summary>
public static partial class Redaction
{
    /// <summary>The replacement for a token.</summary>
    public const string Mark = "[redacted]";

    // Base64url of '{"', the start of every JOSE header and claims set.
    private const string JsonStart = "eyJ";

    private const RegexOptions Free = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    /// <summary>The text without tokens or parts of tokens; the same instance if it contains none.</summary>
    public static string Scrub(string text) => text.Contains(JsonStart, StringComparison.Ordinal) ? Token().Replace(text, Mark) : text;

    /// <summary>The text without tokens, secrets, cookies and e-mail addresses: for free
    /// text from outside our code, such as an exception message.</summary>
    internal static string ScrubSecrets(string text)
    {
        text = Credentials().Replace(Scrub(text), $"${{name}}{Mark}");
        text = NamedSecret().Replace(text, $"${{name}}{Mark}");
        text = Cookie().Replace(text, Mark);
        return EMail().Replace(DevelopmentSecret().Replace(text, Mark), Mark);
    }

    internal static object? ScrubValue(object? value) => value switch
    {
        string text => Scrub(text),
        string[] texts when Array.Exists(texts, text => !ReferenceEquals(Scrub(text), text)) => Array.ConvertAll(texts, Scrub),
        _ => value,
    };

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*)*", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<name>\b(Bearer|Basic)\s+)[A-Za-z0-9+/=._~-]{8,}", Free)]
    private static partial Regex Credentials();

    // In the syntax of a query, a form, a connection string, JSON or a sentence.
    [GeneratedRegex(
        @"(?<name>\b([a-z_-]*(secret|password|passwd|pwd|api[_-]?key|token|assertion)|(session_|user_|device_)?code(_verifier)?|"
            + @"id_token_hint|session_state)[""']?\s*[=:]\s*[""']?)[^\s&""',;\[]+",
        Free)]
    private static partial Regex NamedSecret();

    [GeneratedRegex(@"\b(set-)?cookie[""']?\s*[=:][^\r\n]+", Free)]
    private static partial Regex Cookie();

    [GeneratedRegex(@"dev-only-[a-z0-9-]+", Free)]
    private static partial Regex DevelopmentSecret();

    [GeneratedRegex(@"[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", Free)]
    private static partial Regex EMail();
}
