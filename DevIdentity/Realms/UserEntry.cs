namespace TraceDemo.DevIdentity.Realms;

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
