namespace TraceDemo.DevIdentity.Realms;

/// <summary>The members of Keycloak's realm representation that have a meaning here; the rest of the file is ignored.</summary>
internal sealed record RealmFile
{
    public required string Realm { get; init; }
    public string? DisplayName { get; init; }
    public int AccessTokenLifespan { get; init; } = 300;
    public int AccessCodeLifespan { get; init; } = 60;
    public int SsoSessionIdleTimeout { get; init; } = 1800;
    public int SsoSessionMaxLifespan { get; init; } = 36000;
    public IReadOnlyList<ScopeEntry> ClientScopes { get; init; } = [];
    public IReadOnlyList<ClientEntry> Clients { get; init; } = [];
    public IReadOnlyList<UserEntry> Users { get; init; } = [];
    public IReadOnlyList<string> DefaultDefaultClientScopes { get; init; } = [];
    public IReadOnlyList<string> DefaultOptionalClientScopes { get; init; } = [];
}

internal sealed record ScopeEntry
{
    public required string Name { get; init; }
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<MapperEntry> ProtocolMappers { get; init; } = [];
}

internal sealed record MapperEntry
{
    public required string Name { get; init; }
    public required string ProtocolMapper { get; init; }
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();
}

internal sealed record ClientEntry
{
    public required string ClientId { get; init; }
    public bool Enabled { get; init; } = true;
    public bool PublicClient { get; init; }
    public string ClientAuthenticatorType { get; init; } = "client-secret";
    public string? Secret { get; init; }
    public bool StandardFlowEnabled { get; init; } = true;
    public bool DirectAccessGrantsEnabled { get; init; }
    public bool ServiceAccountsEnabled { get; init; }
    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<MapperEntry> ProtocolMappers { get; init; } = [];
    public IReadOnlyList<string>? DefaultClientScopes { get; init; }
    public IReadOnlyList<string>? OptionalClientScopes { get; init; }
}

internal sealed record UserEntry
{
    public required string Username { get; init; }
    public string? Id { get; init; }
    public bool Enabled { get; init; }
    public string? Email { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public IReadOnlyList<string> Groups { get; init; } = [];
    public IReadOnlyList<CredentialEntry> Credentials { get; init; } = [];
}

internal sealed record CredentialEntry
{
    public required string Type { get; init; }
    public string? Value { get; init; }
}
