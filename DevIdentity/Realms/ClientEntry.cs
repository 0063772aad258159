namespace TraceDemo.DevIdentity.Realms;

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
