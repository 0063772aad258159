using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Realms;

/// <summary>What the mappers of a client's scopes read from and write to.</summary>
internal sealed record MappingContext(RealmUser User, IReadOnlyDictionary<string, string> Notes, string Acr)
{
    public JsonObject Claims { get; } = [];
    public SortedSet<string> Audience { get; } = new(StringComparer.Ordinal);
}
