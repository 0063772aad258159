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
        Users.GetValueOrDefault(name) ?? (name.Contains('@', StringComparison.Ordinal) ? Users.Values.FirstOrDefault(user => string.Equals(user.Email, name, StringComparison.OrdinalIgnoreCase)) : null);

    public TimeSpan AccessTokenLifespanOf(RealmClient client) =>
        client.Seconds("access.token.lifespan") is { } seconds ? TimeSpan.FromSeconds(seconds) : AccessTokenLifespan;
}

/// <param name="Name">As asked for in <c>scope</c>.</param>
/// <param name="IncludeInTokenScope">Whether claim <c>scope</c> shows it.</param>
/// <param name="Mappers">What it adds to tokens.</param>
/// <param name="Dedicated">The client's own mappers: always applied, never asked for.</param>
internal sealed record ClientScope(string Name, bool IncludeInTokenScope, IReadOnlyList<ClaimMapper> Mappers, bool Dedicated);

internal sealed record RealmUser
{
    public required string Username { get; init; }
    public required string Subject { get; init; }
    public bool Enabled { get; init; } = true;
    public string? Email { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public IReadOnlyList<string> Groups { get; init; } = [];
    public PasswordHash? Password { get; init; }

    /// <summary>The password is the name, as those of the demo people are: no secret, so the sign-in page lists them.</summary>
    public bool HasNameAsPassword { get; init; }

    public string? Attribute(string name) => name switch
    {
        "username" => Username,
        "email" => Email,
        "firstName" => FirstName,
        "lastName" => LastName,
        _ => null,
    };
}
