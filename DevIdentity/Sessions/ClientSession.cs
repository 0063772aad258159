namespace TraceDemo.DevIdentity.Sessions;

/// <summary>One client's part of a session: the current refresh token of each login (RFC 9700 §4.14.2).</summary>
internal sealed class ClientSession
{
    private const int MaxLogins = 64;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, Rotation> _logins = [];

    /// <summary>Too many logins evict the oldest: its refresh token is then rejected.</summary>
    public void Begin(string login, string tokenId, string acr)
    {
        lock (_lock)
        {
            if (_logins.Count >= MaxLogins)
            {
                _logins.RemoveAt(0);
            }
            _logins[login] = new Rotation(tokenId, null, acr);
        }
    }

    /// <summary>Uses up the presented token and makes its successor the current one, atomically.</summary>
    public RefreshUse Use(string login, string presented, string successor, out string acr)
    {
        acr = "";
        lock (_lock)
        {
            if (!_logins.TryGetValue(login, out var rotation))
            {
                return RefreshUse.Stale;
            }
            if (rotation.Current != presented)
            {
                return rotation.Previous == presented ? RefreshUse.Reused : RefreshUse.Stale;
            }
            _logins[login] = new Rotation(successor, presented, rotation.Acr);
            acr = rotation.Acr;
            return RefreshUse.Accepted;
        }
    }

    private sealed record Rotation(string Current, string? Previous, string Acr);
}
