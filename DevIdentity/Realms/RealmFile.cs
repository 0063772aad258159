namespace TraceDemo.DevIdentity.Realms;

/// <summary>The supported members of Keycloak's realm representation; the rest of the file is ignored.</summary>
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
