using System.Text;
using TraceDemo.Dashboard.Traces;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>
/// The spans and logs of one request, and their limits. Excess data is cut and counted, never an error: mostly correct telemetry
/// is better than none.
/// </summary>
internal sealed class Intake(Sender sender, StringPool pool, ResourcePool resources)
{
    public const int MaxItems = 10_000;
    public const int MaxAttributes = 64;
    public const int MaxEvents = 64;
    public const int MaxLinks = 32;
    public const int MaxDepth = 6;
    public const int MaxName = 256;
    public const int MaxValue = TelemetryLimits.MaxTextLength;

    private const string ServiceName = "service.name";

    private string? _service;

    public List<Span> Spans { get; } = [];
    public List<LogRecord> Logs { get; } = [];
    public int Rejected { get; private set; }
    public string RejectedBecause { get; private set; } = "";
    public int Cut { get; private set; }
    public int Redacted { get; private set; }

    /// <summary>The resource of the data being read, besides the service's name.</summary>
    public Resource Resource { get; private set; } = Resource.None;

    /// <summary>Everything until the next call comes from this service,
    /// or is rejected if the sender may not use its name.</summary>
    public void From(List<Tag>? resource)
    {
        var service = resource?.Find(attribute => attribute.Key == ServiceName).Value;
        _service = sender.Service switch
        {
            null => string.IsNullOrEmpty(service) ? "unknown_service" : service,
            var own => string.IsNullOrEmpty(service) || service == own ? own : null,
        };
        Resource = Resource.None;
        if (_service is null || resource is null)
        {
            return;
        }
        if (resources.Get(_service, [.. resource.Where(attribute => attribute.Key != ServiceName)]) is { } known)
        {
            Resource = known;
        }
        else
        {
            Cut++;
        }
    }

    /// <summary>The service of the next span or log record; null if it was rejected.</summary>
    public string? Accept()
    {
        if (_service is null)
        {
            Reject("The key does not allow this service.name.");
        }
        else if (Spans.Count + Logs.Count >= MaxItems)
        {
            Reject($"More than {MaxItems} items in one request.");
        }
        else
        {
            return _service;
        }
        return null;
    }

    public void Reject(string because)
    {
        Rejected++;
        RejectedBecause = because;
    }

    public void CountCut() => Cut++;

    public string Name(ReadOnlySpan<byte> utf8) => utf8.Length <= MaxName ? Clean(pool.Get(utf8)) : Name(Prefix(utf8, MaxName));

    public string Name(string text) => Shorten(Clean(Vocabulary.Of(text)), MaxName);

    public string Text(ReadOnlySpan<byte> utf8) => utf8.Length <= MaxName ? Clean(pool.Get(utf8)) : Text(Prefix(utf8, MaxValue));

    public string Text(string text) => Shorten(Clean(Vocabulary.Of(text)), MaxValue);

    public void Add(ref List<Tag>? attributes, string key, TagKind kind, string value)
    {
        if (SensitiveText.IsDropped(key))
        {
            Redacted++;
            return;
        }

        attributes ??= [];
        if (attributes.Count >= MaxAttributes)
        {
            Cut++;
            return;
        }

        var clean = SensitiveText.Clean(key, value);
        if (!ReferenceEquals(clean, value))
        {
            Redacted++;
        }
        attributes.Add(new Tag(key, kind, Shorten(clean, MaxValue)));
    }

    private string Clean(string text)
    {
        var clean = Redaction.Scrub(text);
        if (!ReferenceEquals(clean, text))
        {
            Redacted++;
        }
        return clean;
    }

    // Four times the kept length, so that redaction sees a token completely that starts before the cut.
    private static string Prefix(ReadOnlySpan<byte> utf8, int length) => Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * length)]);

    private string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }
        Cut++;
        var kept = length - 1;
        return text[..(char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept)] + "…";
    }
}
