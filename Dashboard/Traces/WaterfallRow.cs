namespace TraceDemo.Dashboard.Traces;

/// <summary>One span's line: where it stands in the tree and in time (both parts of 1000).</summary>
public sealed record WaterfallRow(Span Span, int Depth, bool ParentMissing, double Left, double Width, IReadOnlyList<LogRecord> Logs)
{
    /// <summary>Its span has more than is shown.</summary>
    public bool IsCut { get; init; }

    /// <summary>In rows of usual size.</summary>
    internal int Cost { get; init; } = 1;

    public TimeSpan Duration => TraceSummary.Elapsed(Span.Start, Span.End);
}
