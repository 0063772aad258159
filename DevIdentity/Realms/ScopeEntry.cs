namespace TraceDemo.DevIdentity.Realms;

internal sealed record ScopeEntry
{
    public required string Name { get; init; }
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<MapperEntry> ProtocolMappers { get; init; } = [];
}
