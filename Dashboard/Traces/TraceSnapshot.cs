namespace TraceDemo.Dashboard.Traces;

/// <summary>A trace as far as it has come, or the part of it that somebody may see.</summary>
public sealed record TraceSnapshot(TraceId Id, IReadOnlyList<Span> Spans, IReadOnlyList<LogRecord> Logs, DateTimeOffset LastReceived)
{
    /// <summary>How long nothing may come before a trace counts as complete; a later span opens it again.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>What is not in it although it came, by sender.</summary>
    public IReadOnlyList<SenderCuts> Cuts { get; init; } = [];

    public bool IsComplete(DateTimeOffset now) => now - LastReceived >= Settling;
}
