using System.Text.Json.Nodes;
using TraceDemo.Topology.Agents;

namespace TraceDemo.Topology.Realms;

/// <summary>Each agent's objects in the realm: its own client, and a mapper that
/// makes that client an audience of <c>agents:invoke</c>.</summary>
public static class AgentRealmObjects
{
    /// <summary>The scope for calls to an agent on behalf of a person.</summary>
    public const string InvocationScope = "agents:invoke";

    /// <summary>Adds missing objects; existing ones remain unchanged.</summary>
    internal static void AddTo(JsonObject realm, IEnumerable<AgentIdentity> agents)
    {
        var clients = realm.List("clients");
        var mappers = realm.List("clientScopes").Objects().Single(scope => scope.Text("name") == InvocationScope).List("protocolMappers");
        foreach (var client in agents.Select(agent => agent.ClientId))
        {
            AddUnlessThere(clients, "clientId", client, Client);
            AddUnlessThere(mappers, "name", $"audience {client}", _ => AudienceMapper(client));
        }
    }

    private static void AddUnlessThere(JsonArray items, string key, string value, Func<string, JsonObject> make)
    {
        if (!items.Objects().Any(item => item.Text(key) == value))
        {
            items.Add(make(value));
        }
    }

    /// <summary>The client acts for people by token exchange and offers no sign-in. Its tokens have the audience
    /// <c>document-service</c> if it requests the scope.</summary>
    public static JsonObject Client(string id) => new()
    {
        ["clientId"] = id,
        ["name"] = id,
        ["enabled"] = true,
        ["protocol"] = "openid-connect",
        ["publicClient"] = false,
        ["clientAuthenticatorType"] = "client-secret",
        ["secret"] = $"${{{RealmPlaceholders.Secret(id)}:dev-only-{id}}}",
        ["standardFlowEnabled"] = false,
        ["implicitFlowEnabled"] = false,
        ["directAccessGrantsEnabled"] = false,
        ["serviceAccountsEnabled"] = true,
        ["fullScopeAllowed"] = false,
        ["frontchannelLogout"] = false,
        ["redirectUris"] = new JsonArray(),
        ["webOrigins"] = new JsonArray(),
        ["attributes"] = new JsonObject
        {
            ["standard.token.exchange.enabled"] = "true",
            ["access.token.lifespan"] = "120",
            ["access.token.header.type.rfc9068"] = "true",
            ["client.use.lightweight.access.token.enabled"] = "false",
        },
        ["defaultClientScopes"] = new JsonArray("basic", "acr", "profile", "groups", "service_account"),
        ["optionalClientScopes"] = new JsonArray("documents:read"),
    };

    /// <summary>Makes the client an audience of tokens with the scope.</summary>
    public static JsonObject AudienceMapper(string client) => new()
    {
        ["name"] = $"audience {client}",
        ["protocol"] = "openid-connect",
        ["protocolMapper"] = "oidc-audience-mapper",
        ["consentRequired"] = false,
        ["config"] = new JsonObject
        {
            ["included.client.audience"] = client,
            ["id.token.claim"] = "false",
            ["access.token.claim"] = "true",
            ["introspection.token.claim"] = "true",
        },
    };
}
