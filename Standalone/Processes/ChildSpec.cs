namespace TraceDemo.Standalone.Processes;

/// <summary>How to start one child and check its health.</summary>
internal sealed record ChildSpec(string Name, IReadOnlyList<string> Command)
{
    public required string WorkingDirectory { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    public required Uri Url { get; init; }
    public required Uri Health { get; init; }
}
