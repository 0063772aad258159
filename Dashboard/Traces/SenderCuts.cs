namespace TraceDemo.Dashboard.Traces;

/// <summary>Data that a sender sent into a trace and that is not kept there.</summary>
/// <param name="Spans">Spans beyond the sender's share of a trace, or evicted when it held too much of a full store.</param>
/// <param name="Logs">Log records beyond it.</param>
/// <param name="Duplicates">Spans with an id that the sender used before: repeated, or different ones with the same id.</param>
public sealed record SenderCuts(string Service, int Spans, int Logs, int Duplicates);
