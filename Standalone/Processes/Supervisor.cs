namespace TraceDemo.Standalone.Processes;

/// <summary>Starts all children at once, restarts crashed ones and stops all of them.</summary>
internal sealed class Supervisor : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly TimeProvider _time;
    private long _firstStart;

    public Supervisor(IEnumerable<ChildSpec> specs, ISystemDisplay display, TimeProvider time)
    {
        _time = time;
        Children = [.. specs.Select(spec => new SupervisedChild(spec, display, _http, time))];
    }

    public IReadOnlyList<SupervisedChild> Children { get; }

    public SupervisedChild this[string name] => Children.First(child => child.Spec.Name == name);

    public void Start()
    {
        _firstStart = _time.GetTimestamp();
        foreach (var child in Children)
        {
            child.Start();
        }
    }

    /// <summary>The time from the start of the first child until all were healthy.</summary>
    /// <exception cref="StartFailedException">A child exited before it was ever healthy.</exception>
    public async Task<TimeSpan> WaitHealthyAsync(CancellationToken cancellationToken)
    {
        var failed = Task.WhenAny(Children.Select(child => child.FailedStart));
        foreach (var child in Children)
        {
            while (!child.Healthy.IsCompleted)
            {
                await Task.WhenAny(child.Healthy, child.Replaced, failed).WaitAsync(cancellationToken);
                if (failed.IsCompleted)
                {
                    throw new StartFailedException(await await failed);
                }
            }
        }

        return _time.GetElapsedTime(_firstStart);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Children.Select(child => child.DisposeAsync().AsTask()));
        _http.Dispose();
    }
}
