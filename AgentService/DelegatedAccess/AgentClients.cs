using Microsoft.Extensions.Options;
using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TokenExchange;

namespace TraceDemo.AgentService.DelegatedAccess;

/// <summary>The OAuth client of each agent: an agent acts as itself, never as agent-service.</summary>
internal sealed class AgentClients(IOptions<AgentClientOptions> options)
{
    private readonly Dictionary<string, ClientCredential> _clients = options.Value.ToDictionary(
        entry => entry.Key, entry => new ClientCredential(new ClientId(entry.Value.ClientId), entry.Value.ClientSecret),
        StringComparer.Ordinal);

    public ClientCredential? Find(AgentId agent) => _clients.GetValueOrDefault(agent.Value);
}
