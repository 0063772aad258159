using TraceDemo.Standalone.Processes;

namespace TraceDemo.Standalone.Display;

/// <summary>One line per event, for redirected output and CI.</summary>
internal sealed class PlainDisplay(TextWriter output) : ISystemDisplay
{
    private readonly Lock _lock = new();

    public void Log(string name, string line, bool isError) => Write(name, line);

    public void Changed(SupervisedChild child)
    {
        var pid = child.Pid is { } number ? $", pid {number}" : "";
        Write(child.Spec.Name, $"--- {child.State.ToString().ToLowerInvariant()}: {child.Spec.Url.OriginalString}{pid}");
    }

    private void Write(string name, string line)
    {
        lock (_lock)
        {
            output.WriteLine($"{name,-16} | {line}");
        }
    }
}
