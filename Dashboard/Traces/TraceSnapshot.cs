namespace TraceDemo.Dashboard.Traces;

/// <summary>A trace as far as it has come, or the part of it that somebody may see.</summary>
public sealed record TraceSnapshot(TraceId Id, IReadOnlyList<Span> Spans, IReadOnlyList<LogRecord> Logs, DateTimeOffset LastReceived)
{
    /// <summary>How long nothing may come before a trace counts as complete; a later span opens it again.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private volatile View? _view;

    // What was found out of one version does not hold for another.
    private TraceSnapshot(TraceSnapshot original) =>
        (Id, Spans, Logs, LastReceived, Cuts) = (original.Id, original.Spans, original.Logs, original.LastReceived, original.Cuts);

    /// <summary>What is not in it although it came, by sender.</summary>
    public IReadOnlyList<SenderCuts> Cuts { get; init; } = [];

    public bool IsComplete(DateTimeOffset now) => now - LastReceived >= Settling;

    /// <summary>The part of this version that a person may see, found out once for all
    /// pages, streams and downloads while it is that person who looks.</summary>
    internal TraceSnapshot? PartOf(string pseudonym, Func<TraceSnapshot, string, TraceSnapshot?> find)
    {
        if (_view is { } known && known.Pseudonym == pseudonym) { return known.Part; }

        var part = find(this, pseudonym);
        // Who sees nothing takes nobody's place.
        if (part is not null) { _view = new View(pseudonym, part); }
        return part;
    }

    private sealed record View(string Pseudonym, TraceSnapshot Part);
}
