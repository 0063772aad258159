namespace TraceDemo.Dashboard.Traces;

/// <summary>One span's row: its position in the tree and in time (in thousandths).</summary>
public sealed record WaterfallRow(Span Span, int Depth, bool ParentMissing, double Left, double Width, IReadOnlyList<LogRecord> Logs)
{
    /// <summary>The span has more details than shown.</summary>
    public bool IsCut { get; init; }

    /// <summary>In average-sized rows.</summary>
    internal int Cost { get; init; } = 1;

    public TimeSpan Duration => TraceSummary.Elapsed(Span.Start, Span.End);
}
