using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>
/// What this service has on record: the last entries in memory, and all of them in a file where one is configured. Nothing is lost in silence:
/// while the file cannot keep up callers wait, and what then still finds no room is counted, shown in <c>/health</c> and fails its request.
/// </summary>
public sealed class AuditTrail
{
    internal const int MostWaiting = 1_000;
    private const int LongestLine = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Queue<AuditEntry> _latest = new();
    private readonly Lock _lock = new();
    private readonly Channel<byte[]> _unwritten = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly AuditOptions _options;
    private readonly string _service;
    private readonly TimeProvider _time;
    private long _lost;
    private volatile bool _failing;

    internal AuditTrail(AuditOptions options, string service, TimeProvider time) => (_options, _service, _time) = (options, service, time);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<AuditEntry> Latest
    {
        get { lock (_lock) { return [.. _latest.Reverse()]; } }
    }

    internal ChannelReader<byte[]> Unwritten => _unwritten.Reader;

    internal long Lost => Interlocked.Read(ref _lost);

    internal bool IsFailing
    {
        get => _failing;
        set => _failing = value;
    }

    /// <summary>Puts an entry on record: after the outcome is known, and before it is told. The caller's leaving does not take an entry back.</summary>
    /// <param name="entry">Without time, service and trace, which are noted here.</param>
    /// <exception cref="IOException">There is no room, so what was asked for must not go on.</exception>
    public async ValueTask RecordAsync(AuditEntry entry)
    {
        var noted = entry with { Time = _time.GetUtcNow(), Service = _service, TraceId = Activity.Current?.TraceId.ToHexString() };
        Remember(noted);
        if (string.IsNullOrEmpty(_options.File)) { return; }

        var line = Line(noted);
        if (_unwritten.Writer.TryWrite(line)) { return; }

        using var patience = new CancellationTokenSource(Patience, _time);
        try
        {
            await _unwritten.Writer.WriteAsync(line, patience.Token);
        }
        catch (Exception full) when (full is OperationCanceledException or ChannelClosedException)
        {
            Lose(1);
            throw new IOException("The audit trail takes no entry, and nothing goes on off the record.", full);
        }
    }

    internal void Complete() => _unwritten.Writer.TryComplete();

    internal void Lose(int entries) => Interlocked.Add(ref _lost, entries);

    private void Remember(AuditEntry entry)
    {
        lock (_lock)
        {
            _latest.Enqueue(entry);
            if (_latest.Count > _options.Capacity) { _latest.Dequeue(); }
        }
    }

    private static byte[] Line(AuditEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, JsonSerializerOptions.Web);
        // A token's groups can make the record of a decision as long as the token.
        return json.Length < LongestLine ? [.. json, (byte)'\n'] : Line(entry with { Decision = null, Shortened = true });
    }
}
