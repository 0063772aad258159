using System.Text.RegularExpressions;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Takes out what looks like a JSON Web Token: the last line of defence, for texts of libraries and of callers.</summary>
public static partial class Redaction
{
    /// <summary>What stands where a token was.</summary>
    public const string Mark = "[redacted]";

    // Base64url of '{"', with which each JOSE header and each claims set begins.
    private const string JsonStart = "eyJ";

    /// <summary>The text without tokens or segments of one; the same instance when it holds none.</summary>
    public static string Scrub(string text) => text.Contains(JsonStart, StringComparison.Ordinal) ? Token().Replace(text, Mark) : text;

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*)*", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}

internal sealed class LogRedaction : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.FormattedMessage is { } message)
            data.FormattedMessage = Redaction.Scrub(message);
        if (data.Body is { } body)
            data.Body = Redaction.Scrub(body);
        if (data.Attributes is { } attributes && attributes.Any(HoldsToken))
            data.Attributes = [.. attributes.Select(Clean)];
        if (data.Exception is { } exception && !ReferenceEquals(Redaction.Scrub(exception.ToString()), exception.ToString()))
            data.Exception = null;
    }

    private static bool HoldsToken(KeyValuePair<string, object?> attribute) =>
        attribute.Value is string text && !ReferenceEquals(Redaction.Scrub(text), text);

    private static KeyValuePair<string, object?> Clean(KeyValuePair<string, object?> attribute) =>
        attribute.Value is string text ? new(attribute.Key, Redaction.Scrub(text)) : attribute;
}
