using System.Diagnostics;
using System.Threading.Channels;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>
/// What this service has on record: the last entries in memory, and all of them in a file where one is configured. Nothing is lost in
/// silence: while the file cannot keep up callers wait, and what then still finds no
/// room is counted, shown in <c>/health</c> and fails its request.
/// </summary>
public sealed class AuditTrail : IDisposable
{
    private const int LongestLine = 16 * 1024;
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

    /// <summary>Newest first; what repeated lately comes before.</summary>
    public IReadOnlyList<AuditEntry> Latest
    {
        get { lock (_lock) { return [.. _repeats.Pending, .. _memory.All]; } }
    }

    internal ChannelReader<(byte[] Line, IDisposable? Place)> Unwritten => _unwritten.Reader;

    /// <summary>Whether there is no place for another entry.</summary>
    internal bool IsFull => _places?.IsFull == true;

    internal long Lost => Interlocked.Read(ref _lost);

    internal bool IsFailing
    {
        get => _failing;
        set => _failing = value;
    }

    /// <summary>Puts an entry on record: after the outcome is known, and before it is
    /// told. The caller's leaving does not take an entry back.</summary>
    /// <param name="entry">Without time, service and trace, which are noted here.</param>
    /// <exception cref="ProblemException">There is no room, so what was asked for must not go on.</exception>
    public async ValueTask RecordAsync(AuditEntry entry)
    {
        var noted = Noted(entry);
        if (IsRepeat(noted)) { return; }

        var place = _places is null ? null : await _places.TakeAsync(noted.Person);
        if (!Add(noted, place)) { throw new ProblemException(ReasonCode.AuditUnavailable, AuditedRequest.Unavailable); }
    }

    /// <summary>A place for an entry that is sure to come; false where there is none, or while the file takes nothing.</summary>
    internal async ValueTask<(bool IsReserved, IDisposable? Place)> TryReserveAsync(string? person)
    {
        if (_places is null) { return (true, null); }
        if (_failing) { return (false, null); }

        var place = await _places.TakeAsync(person);
        return (place is not null, place);
    }

    /// <summary>Records what a place was reserved for, or what is not worth
    /// waiting for; counts it as lost where there is no place.</summary>
    internal void Record(AuditEntry entry, IDisposable? reserved)
    {
        var noted = Noted(entry);
        if (IsRepeat(noted)) { reserved?.Dispose(); }
        else { Add(noted, reserved ?? _places?.TryTake(noted.Person)); }
    }

    /// <summary>No entry comes after those that repeats still make.</summary>
    internal void Complete()
    {
        EndRepeats(all: true);
        _unwritten.Writer.TryComplete();
    }

    internal void Lose(int entries) => Interlocked.Add(ref _lost, entries);

    /// <summary>An entry of the trail's own, which is in the file alone.</summary>
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
        lock (_lock) { return _repeats.TryCount(entry); }
    }

    private bool Add(AuditEntry entry, IDisposable? place)
    {
        var line = place is null ? null : ToLine(entry);
        lock (_lock)
        {
            // While it waited for a place another may have come first, which it repeats now.
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

    /// <summary>Without a place they go on being counted, unless the service stops.</summary>
    private void EndRepeats(bool all)
    {
        lock (_lock) { _repeats.End(all, TryAdd); }

        bool TryAdd(AuditEntry entry)
        {
            var place = _places?.TryTake(entry.Person);
            if (_places is not null && place is null && !all) { return false; }

            if (_places is not null && !_unwritten.Writer.TryWrite((ToLine(entry), place))) { Lose(1); }
            _memory.Add(entry);
            return true;
        }
    }

    private static byte[] ToLine(AuditEntry entry)
    {
        var json = ReadableJson.Serialize(entry);
        // A token's groups can make the record of a decision as long as the token.
        return json.Length < LongestLine ? [.. json, (byte)'\n'] : ToLine(entry with { Decision = null, Shortened = true });
    }
}
