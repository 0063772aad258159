using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

/// <summary>A trace that one viewer follows: read and rendered at most four
/// times a second, once for all of that viewer's streams.</summary>
internal sealed class LiveTrace(LiveKey key, TraceStore store, FragmentRenderer renderer, RenderBudget budget, TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private volatile State _state = new(null, IsLatest: false);
    private long _looked;
    private int _looking;

    public LiveKey Key => key;

    /// <summary>The number of streams. Counted by <see cref="LiveTraces"/>.</summary>
    public int Streams { get; set; }

    /// <summary>The latest fragment, and whether it was current at the last check.</summary>
    public async Task<State> LatestAsync()
    {
        if (Interlocked.CompareExchange(ref _looking, 1, 0) != 0)
        {
            return _state;
        }

        try
        {
            // A timer may fire slightly early, which would delay everything by a tick.
            if (_looked != 0 && time.GetElapsedTime(_looked) < Interval * 0.8)
            {
                return _state;
            }

            _looked = time.GetTimestamp();
            return _state = await LookAsync();
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }

    private async Task<State> LookAsync()
    {
        var shown = _state.Fragment;
        if (store.Find(key.Id) is not { } trace)
        {
            return new State(shown, IsLatest: true);
        }

        var version = TraceVersion.Of(trace);
        if (shown?.Version == version)
        {
            return new State(shown, IsLatest: true);
        }
        if (!budget.TryBegin())
        {
            return new State(shown, IsLatest: false);
        }

        try
        {
            return new State(await RenderAsync(trace, version, shown), IsLatest: true);
        }
        finally
        {
            budget.End();
        }
    }

    private async Task<Fragment> RenderAsync(TraceSnapshot trace, TraceVersion version, Fragment? shown)
    {
        var rows = shown?.Rows ?? Waterfall.MaxRows;
        if (trace.SeenBy(key.Viewer) is not { } seen)
        {
            return new Fragment(version, 0, rows, []);
        }

        // The change is invisible to this viewer, whose view stays the same.
        return shown?.Seen == seen.Spans.Count + seen.Logs.Count
            ? shown with { Version = version }
            : await renderer.RenderAsync(seen, version, rows);
    }

    internal sealed record State(Fragment? Fragment, bool IsLatest);
}
