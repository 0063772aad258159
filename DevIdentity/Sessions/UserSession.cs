using System.Collections.Concurrent;
using System.Globalization;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Sessions;

/// <summary>A signed-in person: what <c>sid</c> names. Each client that got tokens in it has a part of its own.</summary>
internal sealed class UserSession(string id, RealmUser user, DateTimeOffset started, bool interactive)
{
    public string Id { get; } = id;
    public RealmUser User { get; } = user;
    public DateTimeOffset Started { get; } = started;
    public ConcurrentDictionary<string, ClientSession> Clients { get; } = new(StringComparer.Ordinal);

    /// <summary>What session-note mappers read. As on Keycloak only a login in the browser notes its time.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; } = interactive
        ? new Dictionary<string, string> { ["AUTH_TIME"] = started.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) }
        : new Dictionary<string, string>();

    public ClientSession Attach(string clientId) => Clients.GetOrAdd(clientId, static _ => new ClientSession());

    /// <summary>Takes one client out: its tokens are no longer good for anything here, those of others still are.</summary>
    public void Detach(string clientId) => Clients.TryRemove(clientId, out _);
}
