using TraceDemo.Benchmarks.Reporting;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>One measurement of speed or memory, reported as a table.</summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken);
}
