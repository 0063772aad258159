using System.Collections.Concurrent;
using TraceDemo.Standalone.Processes;

namespace TraceDemo.Tests.Framework.Processes;

/// <summary>Keeps what children say, for tests that look into it and for the message of one that fails.</summary>
internal sealed class CollectedOutput : ISystemDisplay
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public void Log(string name, string line, bool isError) => _lines.Enqueue($"{name}: {line}");

    public void Changed(SupervisedChild child) => Log(child.Spec.Name, $"--- {child.State}", isError: false);
}
