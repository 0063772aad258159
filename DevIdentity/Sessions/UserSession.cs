using System.Collections.Concurrent;
using System.Globalization;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Sessions;

/// <summary>A signed-in person's session, named by <c>sid</c>. Each client that received tokens in it has its own part.</summary>
internal sealed class UserSession(string id, RealmUser user, DateTimeOffset started, bool interactive)
{
    public string Id { get; } = id;
    public RealmUser User { get; } = user;
    public DateTimeOffset Started { get; } = started;
    public ConcurrentDictionary<string, ClientSession> Clients { get; } = new(StringComparer.Ordinal);

    /// <summary>The input of session-note mappers. As in Keycloak, only a browser login notes its time.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; } = interactive
        ? new Dictionary<string, string> { ["AUTH_TIME"] = started.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) }
        : new Dictionary<string, string>();

    public ClientSession Attach(string clientId) => Clients.GetOrAdd(clientId, static _ => new ClientSession());

    /// <summary>Removes one client: its tokens become invalid here, those of others remain valid.</summary>
    public void Detach(string clientId) => Clients.TryRemove(clientId, out _);
}
