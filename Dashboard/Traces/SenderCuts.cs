namespace TraceDemo.Dashboard.Traces;

/// <summary>What a sender sent into a trace and is not kept there.</summary>
/// <param name="Spans">Spans beyond the sender's share of a trace, or let go when it held too much of a full store.</param>
/// <param name="Logs">Log records beyond it.</param>
/// <param name="Duplicates">Spans with an id that the sender used before: sent again, or other ones under the same id.</param>
public sealed record SenderCuts(string Service, int Spans, int Logs, int Duplicates);
