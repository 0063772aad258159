using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Realms;

/// <summary>Input and output of the mappers of a client's scopes.</summary>
internal sealed record MappingContext(RealmUser User, IReadOnlyDictionary<string, string> Notes, string Acr)
{
    public JsonObject Claims { get; } = [];
    public SortedSet<string> Audience { get; } = new(StringComparer.Ordinal);
}
