namespace TraceDemo.Dashboard.Traces;

/// <summary>A trace as received so far, or the part of it that a viewer may see.</summary>
public sealed record TraceSnapshot(TraceId Id, IReadOnlyList<Span> Spans, IReadOnlyList<LogRecord> Logs, DateTimeOffset LastReceived)
{
    /// <summary>The quiet period after which a trace counts as complete; a later span reopens it.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private volatile View? _view;

    // Results computed for one version do not apply to another.
    private TraceSnapshot(TraceSnapshot original)
    {
        Id = original.Id;
        Spans = original.Spans;
        Logs = original.Logs;
        LastReceived = original.LastReceived;
        Cuts = original.Cuts;
    }

    /// <summary>Data that was received and omitted, by sender.</summary>
    public IReadOnlyList<SenderCuts> Cuts { get; init; } = [];

    public bool IsComplete(DateTimeOffset now) => now - LastReceived >= Settling;

    /// <summary>The part of this version that a person may see, computed once for all
    /// pages, streams and downloads while that person is viewing.</summary>
    internal TraceSnapshot? PartOf(string pseudonym, Func<TraceSnapshot, string, TraceSnapshot?> find)
    {
        if (_view is { } known && known.Pseudonym == pseudonym)
        {
            return known.Part;
        }

        var part = find(this, pseudonym);
        // A viewer who sees nothing does not replace the cached view.
        if (part is not null)
        {
            _view = new View(pseudonym, part);
        }
        return part;
    }

    private sealed record View(string Pseudonym, TraceSnapshot Part);
}
