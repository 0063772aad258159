namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>A clock that moves only when a test moves it. Timers fire as they fall due; those of a calendar are the system's.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly bool _isCalendar;
    private long _ticks;

    public ManualTime()
        : this(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), isCalendar: false)
    {
    }

    private ManualTime(DateTimeOffset start, bool isCalendar)
    {
        _ticks = start.UtcTicks;
        _isCalendar = isCalendar;
    }

    public override long TimestampFrequency => _isCalendar ? base.TimestampFrequency : TimeSpan.TicksPerSecond;

    /// <summary>Only the time of day stands still. It starts at the true time, for libraries that read the system's own.</summary>
    public static ManualTime Calendar() => new(DateTimeOffset.UtcNow, isCalendar: true);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => _isCalendar ? base.GetTimestamp() : Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            Interlocked.Add(ref _ticks, by.Ticks);
            due = [.. _timers.Where(timer => timer.Due <= GetUtcNow())];
        }

        due.ForEach(timer => timer.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (_isCalendar)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_lock)
        {
            _timers.Add(timer);
        }
        return timer;
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : time.GetUtcNow() + dueTime;
            _period = period;
            return true;
        }

        public void Fire()
        {
            Due = _period > TimeSpan.Zero ? time.GetUtcNow() + _period : DateTimeOffset.MaxValue;
            callback();
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
