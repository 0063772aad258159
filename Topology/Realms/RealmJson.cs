using System.Text.Json.Nodes;

namespace TraceDemo.Topology.Realms;

/// <summary>Reads a realm file, of which every member may be missing.</summary>
internal static class RealmJson
{
    /// <summary>A member that a realm needs.</summary>
    /// <exception cref="InvalidDataException">It is missing, or no list.</exception>
    public static JsonArray List(this JsonObject owner, string member) =>
        owner[member] as JsonArray ?? throw new InvalidDataException($"The realm has no list '{member}'.");

    public static IEnumerable<JsonObject> Objects(this JsonArray list) => list.OfType<JsonObject>();

    public static IEnumerable<string> Texts(this JsonArray list) => list.OfType<JsonValue>().Select(value => value.GetValue<string>());

    public static string? Text(this JsonObject owner, string member) => owner[member]?.GetValue<string>();
}
