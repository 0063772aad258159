using System.Collections.Concurrent;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// The sessions that are currently being signed out here: the provider's back-channel call during a sign-out is
/// part of the same sign-out.
/// </summary>
internal sealed class SignOuts
{
    private readonly ConcurrentDictionary<string, int> _underWay = new(StringComparer.Ordinal);

    /// <summary>Until disposed, the sign-out of this session is in progress.</summary>
    public IDisposable Begin(string sessionId)
    {
        _underWay.AddOrUpdate(sessionId, 1, (_, count) => count + 1);
        return new UnderWay(this, sessionId);
    }

    public bool Contains(string sessionId) => _underWay.ContainsKey(sessionId);

    private void End(string sessionId)
    {
        // Two browsers may sign out of one session at once.
        if (_underWay.AddOrUpdate(sessionId, 0, (_, count) => count - 1) == 0)
        {
            _underWay.TryRemove(KeyValuePair.Create(sessionId, 0));
        }
    }

    private sealed class UnderWay(SignOuts all, string sessionId) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                all.End(sessionId);
            }
        }
    }
}
