using TraceDemo.Benchmarks.Reporting;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>One question about speed or memory, answered by a table.</summary>
internal interface IBenchmark
{
    /// <summary>By which it is asked for on the command line.</summary>
    string Name { get; }

    Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken);
}
