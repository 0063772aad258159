using System.Collections.Immutable;
using TraceDemo.Contracts.Access;

namespace TraceDemo.Dashboard.Traces;

/// <summary>One row of the list: a summary of a trace's visible spans.</summary>
public sealed record TraceSummary(
    TraceId Id, string Operation, string Service, DateTimeOffset Started, TimeSpan Duration, int SpanCount, Outcome Outcome)
{
    public string? Person { get; init; }
    public string? Agent { get; init; }
    public string? Document { get; init; }
    public string? Reason { get; init; }
    public ImmutableSortedSet<string> Services { get; init; } = [];

    /// <summary>Shown instead of the operation if only logs have arrived: of a span
    /// outside the trace's sample, or of a late one.</summary>
    internal const string LogsOnly = "logs without a span";

    internal static TraceSummary Of(TraceSnapshot trace) => trace.Spans.Count == 0 ? OfLogs(trace) : OfSpans(trace);

    private static TraceSummary OfLogs(TraceSnapshot trace)
    {
        var (first, last) = (trace.Logs.MinBy(log => log.Time), trace.Logs.MaxBy(log => log.Time));
        var started = first is null ? trace.LastReceived : Time(first.Time);
        return new TraceSummary(trace.Id, LogsOnly, first?.Service ?? "", started,
            Elapsed(first?.Time ?? 0, last?.Time ?? 0), 0, Outcome.None)
        {
            Services = [.. trace.Logs.Select(log => log.Service)],
        };
    }

    private static TraceSummary OfSpans(TraceSnapshot trace)
    {
        var ids = trace.Spans.Select(span => span.Id).ToHashSet();
        var first = trace.Spans.Where(span => !ids.Contains(span.ParentId)).MinBy(span => span.Start) ?? trace.Spans[0];
        var start = trace.Spans.Min(span => span.Start);
        return new TraceSummary(trace.Id, first.Name, first.Service, Time(start), Elapsed(start, trace.Spans.Max(span => span.End)),
            trace.Spans.Count, OutcomeOf(trace))
        {
            Person = First(trace, AccessTelemetry.Access.EnduserPseudoId),
            Agent = First(trace, AccessTelemetry.Access.AgentId),
            Document = First(trace, AccessTelemetry.Access.DocumentId),
            Reason = First(trace, AccessTelemetry.Access.Reason),
            Services = [.. trace.Spans.Select(span => span.Service)],
        };
    }

    internal static DateTimeOffset Time(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    internal static TimeSpan Elapsed(long start, long end) => TimeSpan.FromTicks((end - start) / TimeSpan.NanosecondsPerTick);

    private static Outcome OutcomeOf(TraceSnapshot trace) =>
        trace.Spans.Any(Conventions.IsDenied) ? Outcome.Denied
        : trace.Spans.Any(Conventions.IsFailed) ? Outcome.Failed
        : trace.Spans.Any(Conventions.IsAllowed) ? Outcome.Allowed
        : Outcome.None;

    private static string? First(TraceSnapshot trace, string key) =>
        trace.Spans.Select(span => span[key]).FirstOrDefault(value => value is not null);
}
