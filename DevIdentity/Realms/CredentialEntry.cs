namespace TraceDemo.DevIdentity.Realms;

internal sealed record CredentialEntry
{
    public required string Type { get; init; }
    public string? Value { get; init; }
}
