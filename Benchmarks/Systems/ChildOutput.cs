using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using TraceDemo.Standalone.Processes;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>Keeps the last lines written by children, for their span counts at shutdown and for the error if one does not start.</summary>
internal sealed partial class ChildOutput : ISystemDisplay
{
    private const int Kept = 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> _lines = new();

    public void Log(string name, string line, bool isError)
    {
        _lines.Enqueue($"{name}: {line}");
        if (_lines.Count > Kept)
        {
            _lines.TryDequeue(out _);
        }
    }

    public void Changed(SupervisedChild child)
    {
    }

    public async Task<T> OrFailAsync<T>(Task<T> starting, CancellationToken cancellationToken)
    {
        try
        {
            return await starting.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"Not all services became healthy:\n{string.Join('\n', _lines.TakeLast(40))}", late);
        }
    }

    /// <summary>The sums over all services that have stopped.</summary>
    public SpanCount Spans()
    {
        var matches = _lines.Select(line => Stopped.Match(line)).Where(match => match.Success).ToList();
        return new SpanCount(Sum("exported"), Sum("dropped"));

        long Sum(string group) => matches.Sum(match => long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"Spans handed to exporters: (?<exported>\d+); dropped: (?<dropped>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stopped { get; }
}
