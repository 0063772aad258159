namespace TraceDemo.Benchmarks.Cases;

/// <summary>How long to measure: so many rounds, and in each so long per target.</summary>
internal sealed record Effort(int Rounds, TimeSpan Duration);
