namespace TraceDemo.Dashboard.Live;

/// <summary>
/// One viewer's share of the processor: one rendering at a time, and a pause of four times its duration after each, independent of the
/// number and size of the followed traces.
/// </summary>
internal sealed class RenderBudget(TimeProvider time)
{
    private const int PauseFactor = 4;

    private int _busy;
    private long _started;
    private long _ended;

    public bool TryBegin()
    {
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            return false;
        }

        if (time.GetElapsedTime(_ended) < PauseFactor * time.GetElapsedTime(_started, _ended))
        {
            Volatile.Write(ref _busy, 0);
            return false;
        }

        _started = time.GetTimestamp();
        return true;
    }

    public void End()
    {
        _ended = time.GetTimestamp();
        Volatile.Write(ref _busy, 0);
    }
}
