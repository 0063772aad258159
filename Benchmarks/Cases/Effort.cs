namespace TraceDemo.Benchmarks.Cases;

/// <summary>The number of rounds, and the duration per target in each.</summary>
internal sealed record Effort(int Rounds, TimeSpan Duration);
