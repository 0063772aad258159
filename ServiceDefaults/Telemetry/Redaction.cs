using System.Diagnostics;
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

    internal static object? ScrubValue(object? value) => value switch
    {
        string text => Scrub(text),
        string[] texts when Array.Exists(texts, text => !ReferenceEquals(Scrub(text), text)) => Array.ConvertAll(texts, Scrub),
        _ => value,
    };

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*)*", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}

internal sealed class SpanRedaction : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        data.DisplayName = Redaction.Scrub(data.DisplayName);
        List<KeyValuePair<string, object?>>? scrubbed = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (Redaction.ScrubValue(tag.Value) is { } value && !ReferenceEquals(value, tag.Value))
                (scrubbed ??= []).Add(new(tag.Key, value));
        }
        foreach (var (name, value) in scrubbed ?? [])
            data.SetTag(name, value);
    }
}

internal sealed class LogRedaction : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.FormattedMessage is { } message)
            data.FormattedMessage = Redaction.Scrub(message);
        if (data.Body is { } body)
            data.Body = Redaction.Scrub(body);
        if (data.Attributes is { } attributes && attributes.Any(attribute => !ReferenceEquals(Redaction.ScrubValue(attribute.Value), attribute.Value)))
            data.Attributes = [.. attributes.Select(attribute => KeyValuePair.Create(attribute.Key, Redaction.ScrubValue(attribute.Value)))];
        if (data.Exception is { } exception && !ReferenceEquals(Redaction.Scrub(exception.ToString()), exception.ToString()))
            data.Exception = null;
    }
}
