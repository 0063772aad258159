using System.Diagnostics;
using System.Threading.Channels;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>
/// This service's audit: the latest entries in memory, and all of them in a file if one is configured. Entries are never lost silently:
/// while the file cannot keep up, callers wait; an entry that still has no
/// place is counted, shown in <c>/health</c> and fails its request.
/// </summary>
public sealed class AuditTrail : IDisposable
{
    private const int MaxLineBytes = 16 * 1024;
    private static readonly TimeSpan EndOfRepeats = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly AuditMemory _memory;
    private readonly AuditRepeats _repeats;
    private readonly AuditPlaces? _places;
    private readonly Channel<(byte[] Line, IDisposable? Place)> _unwritten = Channel.CreateUnbounded<(byte[] Line, IDisposable? Place)>();
    private readonly string _service;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _lost;
    private volatile bool _failing;

    internal AuditTrail(AuditOptions options, string service, TimeProvider time)
    {
        (_service, _time, _memory, _repeats) = (service, time, new AuditMemory(options.Capacity), new AuditRepeats(time));
        _places = string.IsNullOrEmpty(options.File) ? null : new AuditPlaces(time);
        _timer = time.CreateTimer(_ => EndRepeats(all: false), state: null, EndOfRepeats, EndOfRepeats);
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

    internal ChannelReader<(byte[] Line, IDisposable? Place)> Unwritten => _unwritten.Reader;

    /// <summary>Whether the queue is full.</summary>
    internal bool IsFull => _places?.IsFull == true;

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
        var noted = Noted(entry);
        if (IsRepeat(noted))
        {
            return;
        }

        var place = _places is null ? null : await _places.TakeAsync(noted.Person);
        if (!Add(noted, place))
        {
            throw new ProblemException(ReasonCode.AuditUnavailable, AuditedRequest.Unavailable);
        }
    }

    /// <summary>Reserves a place for an entry that is certain to come; null if there is none, or if the file cannot be written.</summary>
    internal async ValueTask<(bool IsReserved, IDisposable? Place)> TryReserveAsync(string? person)
    {
        if (_places is null)
        {
            return (true, null);
        }
        if (_failing)
        {
            return (false, null);
        }

        var place = await _places.TakeAsync(person);
        return (place is not null, place);
    }

    /// <summary>Records an entry with a reserved place, or one that must not
    /// wait; counts it as lost if there is no place.</summary>
    internal void Record(AuditEntry entry, IDisposable? reserved)
    {
        var noted = Noted(entry);
        if (IsRepeat(noted))
        {
            reserved?.Dispose();
        }
        else
        {
            Add(noted, reserved ?? _places?.TryTake(noted.Person));
        }
    }

    /// <summary>Writes the remaining counts as the last entries.</summary>
    internal void Complete()
    {
        EndRepeats(all: true);
        _unwritten.Writer.TryComplete();
    }

    internal void Lose(int entries) => Interlocked.Add(ref _lost, entries);

    /// <summary>An entry about the trail itself, written to the file only.</summary>
    internal byte[] Line(AuditEntry entry) => ToLine(Noted(entry));

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _places?.Dispose();
    }

    private AuditEntry Noted(AuditEntry entry) =>
        entry with { Time = _time.GetUtcNow(), Service = _service, TraceId = Activity.Current?.TraceId.ToHexString() };

    private bool IsRepeat(AuditEntry entry)
    {
        lock (_lock)
        {
            return _repeats.TryCount(entry);
        }
    }

    private bool Add(AuditEntry entry, IDisposable? place)
    {
        var line = place is null ? null : ToLine(entry);
        lock (_lock)
        {
            // While it waited for a place, an equal entry may have been recorded, so this one is a repeat.
            if (_repeats.TryCount(entry))
            {
                place?.Dispose();
                return true;
            }

            var isTaken = _places is null || (line is not null && _unwritten.Writer.TryWrite((line, place)));
            _memory.Add(entry);
            if (isTaken)
            {
                _repeats.Watch(entry);
                return true;
            }
        }

        place?.Dispose();
        Lose(1);
        return false;
    }

    /// <summary>Without a place the denials continue to be counted, unless the service stops.</summary>
    private void EndRepeats(bool all)
    {
        lock (_lock)
        {
            _repeats.End(all, TryAdd);
        }

        bool TryAdd(AuditEntry entry)
        {
            var place = _places?.TryTake(entry.Person);
            if (_places is not null && place is null && !all)
            {
                return false;
            }

            if (_places is not null && !_unwritten.Writer.TryWrite((ToLine(entry), place)))
            {
                Lose(1);
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
