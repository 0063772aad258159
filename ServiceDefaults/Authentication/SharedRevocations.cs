using System.Text;
using System.Threading.Channels;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// Lets every replica of a service know what one of them learned: the provider's logout call reaches only one. By message at once, and
/// by a set in Redis for those that start later or were cut off, which is also read regularly, because a message can be lost.
/// </summary>
internal sealed class SharedRevocations : ReplicatedState
{
    private const string Area = "revocations";
    private const int LongestEntry = 512;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Clocks of replicas may differ by that much.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly Revocations _revocations;

    private readonly Channel<Unsent> _unsent;

    // Until when everything was revoked that was pushed out unsent, and how much of that the others know.
    private long _pushedOutUntil;
    private long _toldUntil;
    private Unsent? _sending;
    private DateTimeOffset? _read;

    public SharedRevocations(Revocations revocations, TimeProvider time, SharedState? state = null)
        : base(state, Area, time, Interval)
    {
        _revocations = revocations;
        _unsent = Channel.CreateBounded<Unsent>(
            new BoundedChannelOptions(Revocations.Capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            oldest => Volatile.Write(ref _pushedOutUntil, oldest.At.UtcTicks));
        if (state is not null) { revocations.OnRevoked(Send); }
    }

    // A Redis that is full can still be read, so what could not be sent does not keep this replica from learning.
    protected override async Task<bool> SynchronizeAsync(SharedState state) => await SendAsync(state) & await ReadAsync(state);

    protected override void Receive(byte[] message) => Learn(message);

    private void Send(string entry)
    {
        _unsent.Writer.TryWrite(new Unsent(entry, Time.GetUtcNow()));
        Want();
    }

    private async Task<bool> SendAsync(SharedState state)
    {
        var pushedOut = Volatile.Read(ref _pushedOutUntil);
        if (pushedOut > _toldUntil)
        {
            if (!await PutAsync(state, Revocations.IssuedUntil(new DateTimeOffset(pushedOut, TimeSpan.Zero)))) { return false; }
            _toldUntil = pushedOut;
        }

        while (_sending is not null || _unsent.Reader.TryRead(out _sending))
        {
            if (!await PutAsync(state, _sending.Entry)) { return false; }
            _sending = null;
        }

        return true;
    }

    private async Task<bool> PutAsync(SharedState state, string entry)
    {
        var content = Encoding.UTF8.GetBytes(entry);
        await TellAsync(content);
        return await state.AddAsync(Area, content, Revocations.LongestToken) && await state.CondenseAsync(Area, Condensed, Revocations.LongestToken);
    }

    /// <summary>Those that expire by then were revoked by then, less the time that each counts.</summary>
    private static byte[] Condensed(DateTimeOffset expiringUntil) => Encoding.UTF8.GetBytes(Revocations.IssuedUntil(expiringUntil - Revocations.LongestToken));

    /// <summary>What was added since the last reading: all entries live equally long, so those added later expire later.</summary>
    private async Task<bool> ReadAsync(SharedState state)
    {
        var now = Time.GetUtcNow();
        var from = _read is { } read ? read + Revocations.LongestToken - Overlap : default;
        if (await state.ReadAllAsync(Area, from) is not { } entries) { return false; }

        foreach (var entry in entries) { Learn(entry); }
        _read = now;
        return true;
    }

    private void Learn(byte[] entry)
    {
        if (entry.Length is > 0 and <= LongestEntry) { _revocations.Learn(Encoding.UTF8.GetString(entry)); }
    }

    private sealed record Unsent(string Entry, DateTimeOffset At);
}
