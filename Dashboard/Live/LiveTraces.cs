using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Live;

/// <summary>The currently followed traces; nothing is kept of others.</summary>
internal sealed class LiveTraces(TraceStore store, FragmentRenderer renderer, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LiveKey, LiveTrace> _open = [];
    private readonly Dictionary<Viewer, RenderBudget> _budgets = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Every opened trace must be closed.</summary>
    public LiveTrace Open(TraceId id, Viewer viewer)
    {
        var key = LiveKey.Of(id, viewer);
        lock (_lock)
        {
            if (!_budgets.TryGetValue(key.Viewer, out var budget))
            {
                _budgets[key.Viewer] = budget = new RenderBudget(time);
            }
            if (!_open.TryGetValue(key, out var live))
            {
                _open[key] = live = new LiveTrace(key, store, renderer, budget, time);
            }
            live.Streams++;
            return live;
        }
    }

    public void Close(LiveTrace live)
    {
        lock (_lock)
        {
            if (--live.Streams > 0)
            {
                return;
            }

            _open.Remove(live.Key);
            if (_open.Keys.All(key => key.Viewer != live.Key.Viewer))
            {
                _budgets.Remove(live.Key.Viewer);
            }
        }
    }
}
