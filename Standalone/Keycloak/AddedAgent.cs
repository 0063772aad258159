using System.Text.Json.Nodes;
using TraceDemo.Topology.Agents;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Standalone.Keycloak;

/// <summary>The objects of a new agent in an existing realm, and the manual steps to create them.</summary>
internal sealed record AddedAgent(AgentIdentity Agent, string? Secret)
{
    /// <summary>The client. Without a secret, Keycloak generates one.</summary>
    public JsonObject Client()
    {
        var client = AgentRealmObjects.Client(Agent.ClientId);
        client.Remove("secret");
        if (Secret is not null)
        {
            client["secret"] = Secret;
        }

        return client;
    }

    public JsonObject Mapper() => AgentRealmObjects.AudienceMapper(Agent.ClientId);

    /// <summary>The same with Keycloak's own command line; it contains no secret.</summary>
    public IEnumerable<string> Steps(Uri server, string realm) =>
    [
        $"kcadm.sh config credentials --server {server.AbsoluteUri.TrimEnd('/')} --realm master --user <administrator>",
        $"kcadm.sh create clients -r {realm} -f - <<'END'",
        .. (this with { Secret = null }).Client().ToJsonString(DevelopmentRealm.Readable).Split('\n'),
        "END",
        $"scope=$(kcadm.sh get client-scopes -r {realm} --fields id,name --format csv --noquotes | sed -n "
        + $"'s/,{AgentRealmObjects.InvocationScope}$//p')",
        $"kcadm.sh create client-scopes/$scope/protocol-mappers/models -r {realm} -f - <<'END'",
        .. Mapper().ToJsonString(DevelopmentRealm.Readable).Split('\n'),
        "END",
    ];
}
