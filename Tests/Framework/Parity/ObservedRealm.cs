using System.Text.Json.Nodes;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>The shipped realm with sessions that end soon and clients for each way of registering an address.</summary>
internal static class ObservedRealm
{
    public const string Name = "observed";

    public static TimeSpan Idle { get; } = TimeSpan.FromSeconds(30);

    public static void Change(JsonObject realm)
    {
        realm["realm"] = Name;
        realm["ssoSessionIdleTimeout"] = (int)Idle.TotalSeconds;
        Add(realm, "tracedemo-cli", "with-port", "http://127.0.0.1:8400/callback");
        Add(realm, "tracedemo-cli", "star-port", "http://127.0.0.1:*/callback");
        Add(realm, "tracedemo-cli", "any-path", "http://127.0.0.1/*");
        Add(realm, "tracedemo-cli", "https-loopback", "https://localhost/callback");
        Add(realm, "dashboard", "confidential-native", "http://127.0.0.1/callback");
        Add(realm, "dashboard", "two-after-logout", "http://localhost:5000/signin")["post.logout.redirect.uris"] =
            "http://localhost:5000/bye##http://127.0.0.1/bye";
        Add(realm, "dashboard", "plus-after-logout", "http://localhost:5000/signin")["post.logout.redirect.uris"] =
            "http://localhost:5000/bye##+";
    }

    private static JsonObject Add(JsonObject realm, string original, string id, string redirectUri)
    {
        var client = RealmEdits.Client(realm, original).DeepClone().AsObject();
        client["clientId"] = id;
        client["name"] = id;
        client["redirectUris"] = new JsonArray(redirectUri);
        realm["clients"]!.AsArray().Add((JsonNode)client);
        return client["attributes"]!.AsObject();
    }
}
