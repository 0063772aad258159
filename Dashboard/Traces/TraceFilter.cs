namespace TraceDemo.Dashboard.Traces;

/// <summary>The filter of the list; empty members match everything.</summary>
internal sealed record TraceFilter
{
    public string? Operation { get; init; }
    public string? Service { get; init; }
    public string? Agent { get; init; }
    public string? Document { get; init; }
    public string? Reason { get; init; }
    public Outcome? Outcome { get; init; }
    public double? MinMilliseconds { get; init; }

    public bool Matches(TraceSummary trace) =>
        (string.IsNullOrEmpty(Operation) || trace.Operation.Contains(Operation, StringComparison.OrdinalIgnoreCase))
        && (string.IsNullOrEmpty(Service) || trace.Services.Contains(Service))
        && Is(Agent, trace.Agent)
        && Is(Document, trace.Document)
        && Is(Reason, trace.Reason)
        && (Outcome is null || trace.Outcome == Outcome)
        && (MinMilliseconds is null || trace.Duration.TotalMilliseconds >= MinMilliseconds);

    private static bool Is(string? wanted, string? actual) =>
        string.IsNullOrEmpty(wanted) || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);
}
