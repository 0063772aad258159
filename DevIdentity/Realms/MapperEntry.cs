namespace TraceDemo.DevIdentity.Realms;

internal sealed record MapperEntry
{
    public required string Name { get; init; }
    public required string ProtocolMapper { get; init; }
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();
}
