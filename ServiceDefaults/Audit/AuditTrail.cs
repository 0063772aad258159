using System.Diagnostics;
using System.Threading.Channels;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>
/// This service's audit: the latest entries in memory, and all of them in a file if one is configured. Entries are never lost silently:
/// while the file cannot keep up, callers wait; an entry that still has no
/// permit is counted, shown in <c>/health</c> and fails its request.
/// </summary>
public sealed class AuditTrail : IDisposable
{
    private const int MaxLineBytes = 16 * 1024;
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly AuditMemory _memory;
    private readonly AuditRepeats _repeats;
    private readonly AuditQueueLimits? _limits;
    private readonly Channel<(byte[] Line, IDisposable? Permit)> _unwritten = Channel.CreateUnbounded<(byte[] Line, IDisposable? Permit)>();
    private readonly string _service;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _lost;
    private volatile bool _failing;

    internal AuditTrail(AuditOptions options, string service, TimeProvider time)
    {
        _service = service;
        _time = time;
        _memory = new AuditMemory(options.Capacity);
        _repeats = new AuditRepeats(time);
        _limits = string.IsNullOrEmpty(options.File) ? null : new AuditQueueLimits(time);
        _timer = time.CreateTimer(_ => FlushRepeats(all: false), state: null, FlushInterval, FlushInterval);
    }

    /// <summary>Newest first; recent repeats come before all others.</summary>
    public IReadOnlyList<AuditEntry> Latest
    {
        get
        {
            lock (_lock)
            {
                return [.. _repeats.Pending, .. _memory.All];
            }
        }
    }

    internal ChannelReader<(byte[] Line, IDisposable? Permit)> Unwritten => _unwritten.Reader;

    /// <summary>Whether the queue is full.</summary>
    internal bool IsFull => _limits?.IsFull == true;

    internal long Lost => Interlocked.Read(ref _lost);

    internal bool IsFailing
    {
        get => _failing;
        set => _failing = value;
    }

    /// <summary>Records an entry after the outcome is known and before the response is
    /// sent. A disconnected caller does not cancel it.</summary>
    /// <param name="entry">Without time, service and trace, which are set here.</param>
    /// <exception cref="ProblemException">The queue is full, so the request must fail.</exception>
    public async ValueTask RecordAsync(AuditEntry entry)
    {
        var stamped = Stamp(entry);
        if (IsRepeat(stamped))
        {
            return;
        }

        var permit = _limits is null ? null : await _limits.AcquireAsync(stamped.Person);
        if (!Add(stamped, permit))
        {
            throw new ProblemException(ReasonCode.AuditUnavailable, AuditedRequest.Unavailable);
        }
    }

    /// <summary>Reserves a permit for an entry that is certain to come; null if there is none, or if the file cannot be written.</summary>
    internal async ValueTask<(bool IsReserved, IDisposable? Permit)> TryReserveAsync(string? person)
    {
        if (_limits is null)
        {
            return (true, null);
        }
        if (_failing)
        {
            return (false, null);
        }

        var permit = await _limits.AcquireAsync(person);
        return (permit is not null, permit);
    }

    /// <summary>Records an entry with a reserved permit, or one that must not
    /// wait; counts it as lost if there is no permit.</summary>
    internal void Record(AuditEntry entry, IDisposable? reserved)
    {
        var stamped = Stamp(entry);
        if (IsRepeat(stamped))
        {
            reserved?.Dispose();
        }
        else
        {
            Add(stamped, reserved ?? _limits?.TryAcquire(stamped.Person));
        }
    }

    /// <summary>Writes the remaining counts as the last entries.</summary>
    internal void Complete()
    {
        FlushRepeats(all: true);
        _unwritten.Writer.TryComplete();
    }

    internal void CountLost(int entries) => Interlocked.Add(ref _lost, entries);

    /// <summary>An entry about the trail itself, written to the file only.</summary>
    internal byte[] Line(AuditEntry entry) => ToLine(Stamp(entry));

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _limits?.Dispose();
    }

    private AuditEntry Stamp(AuditEntry entry) =>
        entry with { Time = _time.GetUtcNow(), Service = _service, TraceId = Activity.Current?.TraceId.ToHexString() };

    private bool IsRepeat(AuditEntry entry)
    {
        lock (_lock)
        {
            return _repeats.TryCount(entry);
        }
    }

    private bool Add(AuditEntry entry, IDisposable? permit)
    {
        var line = permit is null ? null : ToLine(entry);
        lock (_lock)
        {
            // While it waited for a permit, an equal entry may have been recorded, so this one is a repeat.
            if (_repeats.TryCount(entry))
            {
                permit?.Dispose();
                return true;
            }

            var isTaken = _limits is null || (line is not null && _unwritten.Writer.TryWrite((line, permit)));
            _memory.Add(entry);
            if (isTaken)
            {
                _repeats.Track(entry);
                return true;
            }
        }

        permit?.Dispose();
        CountLost(1);
        return false;
    }

    /// <summary>Without a permit the denials continue to be counted, unless the service stops.</summary>
    private void FlushRepeats(bool all)
    {
        lock (_lock)
        {
            _repeats.Flush(all, TryAdd);
        }

        bool TryAdd(AuditEntry entry)
        {
            var permit = _limits?.TryAcquire(entry.Person);
            if (_limits is not null && permit is null && !all)
            {
                return false;
            }

            if (_limits is not null && !_unwritten.Writer.TryWrite((ToLine(entry), permit)))
            {
                CountLost(1);
            }
            _memory.Add(entry);
            return true;
        }
    }

    private static byte[] ToLine(AuditEntry entry)
    {
        var json = ReadableJson.Serialize(entry);
        // A token with many groups can make the decision record as long as the token.
        return json.Length < MaxLineBytes ? [.. json, (byte)'\n'] : ToLine(entry with { Decision = null, Shortened = true });
    }
}
