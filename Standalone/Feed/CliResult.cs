namespace TraceDemo.Standalone.Feed;

internal sealed record CliResult(int ExitCode, IReadOnlyList<string> Output, TimeSpan Elapsed)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The error lines, each once.</summary>
    public IEnumerable<string> Errors => Output.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct();
}
