using System.Collections.Concurrent;
using System.Net;

namespace TraceDemo.Standalone.Processes;

/// <summary>Keeps one child running from <see cref="Start"/> to <see cref="StopAsync"/>, with restarts after crashes.</summary>
internal sealed class SupervisedChild(ChildSpec spec, ISystemDisplay display, HttpClient http, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    // Enough for an exception with its stack trace.
    private const int RememberedLines = 50;
    private static readonly TimeSpan OutputTimeout = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<FailedStart> _failedStart = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Run _run = new();
    private bool _wasHealthy;
    private CancellationTokenSource? _stopping;
    private Task _running = Task.CompletedTask;

    public ChildSpec Spec => spec;

    public ChildState State { get; private set; }

    public int? Pid => _run.Process?.Pid;

    public long? WorkingSet => _run.Process?.WorkingSet;

    /// <summary>Completed when the current run is healthy.</summary>
    public Task Healthy => _run.Healthy.Task;

    /// <summary>Completed when the current run has ended.</summary>
    public Task Replaced => _run.Replaced.Task;

    /// <summary>Completed when it exited without having been healthy, in this run or an earlier one.</summary>
    public Task<FailedStart> FailedStart => _failedStart.Task;

    public void Start()
    {
        _stopping = new CancellationTokenSource();
        _running = KeepRunningAsync(_stopping.Token);
    }

    public async Task StopAsync()
    {
        if (_stopping is null)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _stopping = null;
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    /// <summary>Kills the child and returns when its replacement is healthy.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken)
    {
        var crashed = _run;
        var process = crashed.Process ?? throw new InvalidOperationException($"{spec.Name} is not running.");
        await process.Announced.WaitAsync(cancellationToken);
        process.Crash();
        await crashed.Replaced.Task.WaitAsync(cancellationToken);
        await Healthy.WaitAsync(cancellationToken);
    }

    private async Task KeepRunningAsync(CancellationToken cancellationToken)
    {
        for (var crashes = 1; ; crashes++)
        {
            var began = time.GetTimestamp();
            var exitCode = await RunOnceAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            if (time.GetElapsedTime(began) >= Backoff.ResetAfter)
            {
                crashes = 1;
            }

            var delay = Backoff.Delay(crashes);
            display.Log(spec.Name, $"exited with code {exitCode}; restarting in {delay.TotalSeconds:0.#} s", isError: true);
            Enter(ChildState.Restarting);
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Enter(ChildState.Stopped);
    }

    private async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var run = _run;
        Enter(ChildState.Starting);
        var lines = new ConcurrentQueue<string>();
        var isToldElsewhere = false;
        var process = GuardedProcess.Start(spec, (line, isError) =>
        {
            // The failed start reports it, in one sentence.
            isToldElsewhere |= isError && !_wasHealthy && Processes.FailedStart.IsOfInvalidData(line);
            if (!isToldElsewhere)
            {
                display.Log(spec.Name, line, isError);
            }

            lines.Enqueue(line);
            if (lines.Count > RememberedLines)
            {
                lines.TryDequeue(out _);
            }
        });
        run.Process = process;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(run, linked.Token);
        await ((Task)process.Exited.WaitAsync(cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await linked.CancelAsync();
        await watching;
        _wasHealthy |= run.Healthy.Task.IsCompleted;
        if (!_wasHealthy && !cancellationToken.IsCancellationRequested)
        {
            await ((Task)process.OutputEnded.WaitAsync(OutputTimeout, time, cancellationToken))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _failedStart.TrySetResult(new FailedStart(spec.Name, await process.Exited, [.. lines]));
        }

        run.Process = null;
        _run = new Run();
        run.Replaced.TrySetResult();
        await process.DisposeAsync();
        return await process.Exited;
    }

    private async Task WatchAsync(Run run, CancellationToken cancellationToken)
    {
        while (!await IsHealthyAsync(cancellationToken))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Enter(ChildState.Healthy);
        run.Healthy.TrySetResult();
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(spec.Health, cancellationToken);
            return response.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Enter(ChildState state)
    {
        State = state;
        display.Changed(this);
    }

    private sealed class Run
    {
        public GuardedProcess? Process { get; set; }

        public TaskCompletionSource Healthy { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
