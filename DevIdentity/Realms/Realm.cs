using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace TraceDemo.DevIdentity.Realms;

/// <summary>The imported realm: immutable, every reference resolved.</summary>
internal sealed record Realm
{
    public required string Name { get; init; }
    public required string DisplayName { get; init; }
    public required TimeSpan AccessTokenLifespan { get; init; }
    public required TimeSpan AccessCodeLifespan { get; init; }
    public required TimeSpan SessionIdle { get; init; }
    public required TimeSpan SessionMax { get; init; }
    public required FrozenDictionary<string, RealmClient> Clients { get; init; }
    public required FrozenDictionary<string, RealmUser> Users { get; init; }

    /// <summary>Clients' own accounts by their <c>sub</c>.</summary>
    public required FrozenDictionary<string, RealmUser> ServiceAccounts { get; init; }
    public required IReadOnlyList<string> ScopeNames { get; init; }

    public bool TryFindClient(string? clientId, [NotNullWhen(true)] out RealmClient? client)
    {
        client = null;
        return clientId is not null && Clients.TryGetValue(clientId, out client);
    }

    /// <summary>People by user name or, where it has an @, by e-mail address.</summary>
    public RealmUser? FindPerson(string name) =>
        Users.GetValueOrDefault(name)
            ?? (name.Contains('@', StringComparison.Ordinal)
                ? Users.Values.FirstOrDefault(user => string.Equals(user.Email, name, StringComparison.OrdinalIgnoreCase)) : null);

    public TimeSpan AccessTokenLifespanOf(RealmClient client) =>
        client.Seconds("access.token.lifespan") is { } seconds ? TimeSpan.FromSeconds(seconds) : AccessTokenLifespan;
}
