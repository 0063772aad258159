using System.Text.Json.Nodes;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Tests.Framework.Identity;

/// <summary>Changes to the realm that tests make before it is read.</summary>
internal static class RealmEdits
{
    public static JsonObject Client(JsonObject realm, string id) =>
        realm["clients"]!.AsArray().Single(client => (string)client!["clientId"]! == id)!.AsObject();

    public static JsonObject Scope(JsonObject realm, string name) =>
        realm["clientScopes"]!.AsArray().Single(scope => (string)scope!["name"]! == name)!.AsObject();

    /// <summary>The realm as it ships, changed.</summary>
    public static Task<string> ApplyAsync(Action<JsonObject> change)
    {
        var realm = DevelopmentRealm.Load(Repository.Root);
        change(realm);
        return Task.FromResult(realm.ToJsonString());
    }

    /// <summary>A copy of the gateway under another id.</summary>
    public static JsonObject AddClient(JsonObject realm, string id)
    {
        var client = Client(realm, "gateway").DeepClone().AsObject();
        client["clientId"] = id;
        realm["clients"]!.AsArray().Add((JsonNode)client);
        return client;
    }
}
