using System.Collections.Concurrent;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// What was revoked, by name, each as long as a token could still live that it concerns. The list is bounded and never forgets: when it
/// is full it becomes coarser. The oldest quarter goes, and every token issued until the last of that quarter was revoked is refused
/// instead. Whoever has a session gets a newer token; a session that has ended gets none.
/// </summary>
internal sealed class RevocationList(int capacity, TimeSpan longestToken, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _revokedAt = new(StringComparer.Ordinal);

    // The same names, oldest first; both are changed under the lock only.
    private readonly Queue<string> _oldestFirst = new();
    private readonly Lock _writing = new();
    private long _refusedUntil;

    /// <summary>Every token issued until then is refused; null when no such token can be alive.</summary>
    public DateTimeOffset? RefusedUntil =>
        new DateTimeOffset(Interlocked.Read(ref _refusedUntil), TimeSpan.Zero) is var until && until + longestToken > time.GetUtcNow() ? until : null;

    public bool Contains(string name) => _revokedAt.TryGetValue(name, out var at) && at + longestToken > time.GetUtcNow();

    /// <summary>True when the list was full and has become coarser.</summary>
    public bool Add(string name)
    {
        lock (_writing)
        {
            var now = time.GetUtcNow();
            while (_oldestFirst.TryPeek(out var oldest) && _revokedAt[oldest] + longestToken <= now) { RemoveOldest(); }
            // What is told again, as replicas do, is no later revocation.
            if (!_revokedAt.TryAdd(name, now)) { return false; }

            _oldestFirst.Enqueue(name);
            if (_oldestFirst.Count <= capacity) { return false; }

            while (_oldestFirst.Count > capacity * 3 / 4)
            {
                // Before its name goes, so that at no moment neither refuses.
                RefuseUntil(_revokedAt[_oldestFirst.Peek()]);
                RemoveOldest();
            }

            return true;
        }
    }

    /// <summary>Refuses every token issued until then; an earlier moment changes nothing. Nobody's clock may refuse tokens of the future.</summary>
    public bool RefuseUntil(DateTimeOffset moment)
    {
        var until = Math.Min(moment.UtcTicks, time.GetUtcNow().UtcTicks);
        for (var known = Interlocked.Read(ref _refusedUntil); until > known; known = Interlocked.Read(ref _refusedUntil))
        {
            if (Interlocked.CompareExchange(ref _refusedUntil, until, known) == known) { return true; }
        }

        return false;
    }

    private void RemoveOldest() => _revokedAt.TryRemove(_oldestFirst.Dequeue(), out _);
}
