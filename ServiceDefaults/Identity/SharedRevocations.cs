using System.Collections.Concurrent;
using System.Threading.Channels;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>
/// Shares revocations between the replicas of a service: the provider's logout request reaches only one. Messages inform the others
/// immediately; late or reconnecting replicas read a set in Redis, which is also read regularly, because a message can be lost.
/// </summary>
internal sealed class SharedRevocations : ReplicatedState
{
    private const string Area = "revocations";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Maximum difference between the clocks of replicas.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly Revocations _revocations;

    private readonly Channel<Revocation> _unsent;

    // The cutoffs of people who exceeded their share: the latest of each covers all.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _unsentPeople = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _written = new(StringComparer.Ordinal);

    // The cutoff for evicted entries that were not sent, and how much of it the other replicas know.
    private long _droppedCutoff;
    private long _publishedCutoff;
    private Revocation? _sending;
    private DateTimeOffset? _read;

    public SharedRevocations(Revocations revocations, TimeProvider time, SharedState? state = null)
        : base(state, Area, time, Interval)
    {
        _revocations = revocations;
        _unsent = Channel.CreateBounded<Revocation>(
            new BoundedChannelOptions(RevocationList.Capacity) { FullMode = BoundedChannelFullMode.DropOldest }, AdvanceDroppedCutoff);
        if (state is not null)
        {
            revocations.Revoked += Send;
        }
    }

    // A full Redis can still be read, so failed writes do not prevent this replica from reading.
    protected override async Task<bool> SynchronizeAsync(SharedState state)
    {
        var isSent = await SendAsync(state);
        var arePeopleSent = await SendPeopleAsync(state);
        var isRead = await ReadAsync(state);
        return isSent && arePeopleSent && isRead;
    }

    protected override void Receive(byte[] message) => Learn(message);

    private void Send(Revocation revoked)
    {
        if (revoked is not { Name: null, Owner: { } owner })
        {
            _unsent.Writer.TryWrite(revoked);
        }
        else if (_unsentPeople.Count < RevocationList.Capacity)
        {
            _unsentPeople.AddOrUpdate(owner, revoked.At, (_, known) => known > revoked.At ? known : revoked.At);
        }
        else
        {
            AdvanceDroppedCutoff(revoked);
        }

        RequestSynchronization();
    }

    /// <summary>Concurrent revocations arrive in any order, and a cutoff never moves back.</summary>
    private void AdvanceDroppedCutoff(Revocation oldest)
    {
        var known = Volatile.Read(ref _droppedCutoff);
        while (known < oldest.At.UtcTicks)
        {
            var found = Interlocked.CompareExchange(ref _droppedCutoff, oldest.At.UtcTicks, known);
            if (found == known)
            {
                return;
            }

            known = found;
        }
    }

    private async Task<bool> SendAsync(SharedState state)
    {
        var dropped = Volatile.Read(ref _droppedCutoff);
        if (dropped > _publishedCutoff)
        {
            if (!await PutAsync(state, new Revocation(null, null, new DateTimeOffset(dropped, TimeSpan.Zero))))
            {
                return false;
            }
            _publishedCutoff = dropped;
        }

        while (_sending is not null || _unsent.Reader.TryRead(out _sending))
        {
            if (!await PutAsync(state, _sending))
            {
                return false;
            }
            _sending = null;
        }

        return true;
    }

    /// <summary>Sent immediately, and written once per interval and person: frequent
    /// sign-outs of one person leave room for others in the set.</summary>
    private async Task<bool> SendPeopleAsync(SharedState state)
    {
        var now = Time.GetUtcNow();
        foreach (var (owner, _) in _written.Where(person => now - person.Value >= Interval).ToArray())
        {
            _written.Remove(owner);
        }
        foreach (var (owner, at) in _unsentPeople)
        {
            var revoked = new Revocation(null, owner, at);
            if (_written.ContainsKey(owner))
            {
                await PublishAsync(revoked.ToBytes());
                continue;
            }

            if (!await PutAsync(state, revoked))
            {
                return false;
            }
            _written[owner] = now;
            _unsentPeople.TryRemove(new KeyValuePair<string, DateTimeOffset>(owner, at));
        }

        return true;
    }

    private async Task<bool> PutAsync(SharedState state, Revocation revoked)
    {
        var content = revoked.ToBytes();
        await PublishAsync(content);
        return await state.AddAsync(Area, content, Revocations.MaxTokenLifetime)
            && await state.CondenseAsync(Area, Condensed, Revocations.MaxTokenLifetime);
    }

    /// <summary>Entries that expire by then were revoked by then minus their lifetime.</summary>
    private static byte[] Condensed(DateTimeOffset expiringUntil) =>
        new Revocation(null, null, expiringUntil - Revocations.MaxTokenLifetime).ToBytes();

    /// <summary>Entries added since the last read: all have the same lifetime, so later ones expire later.</summary>
    private async Task<bool> ReadAsync(SharedState state)
    {
        var now = Time.GetUtcNow();
        var from = _read is { } read ? read + Revocations.MaxTokenLifetime - Overlap : default;
        if (await state.ReadAllAsync(Area, from) is not { } entries)
        {
            return false;
        }

        foreach (var entry in entries)
        {
            Learn(entry);
        }
        _read = now;
        return true;
    }

    private void Learn(byte[] entry)
    {
        if (Revocation.Read(entry) is { } revoked)
        {
            _revocations.Learn(revoked);
        }
    }
}
