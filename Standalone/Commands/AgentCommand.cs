using System.Net;
using TraceDemo.Standalone.Keycloak;
using TraceDemo.Topology.Agents;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Standalone.Commands;

/// <summary>
/// Gives an agent, whose file exists, its client in a realm that was imported earlier. With an administrator's credentials in the
/// environment it does so; without them it prints how.
/// </summary>
internal sealed class AgentCommand(string root, RunOptions options, Func<string, string?> environment, TextWriter output)
{
    private const string UserName = "KEYCLOAK_ADMIN_USERNAME";
    private const string Password = "KEYCLOAK_ADMIN_PASSWORD";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (AgentRoster.Load(root).Agents.FirstOrDefault(agent => agent.Id == options.Agent) is not { } agent)
            {
                return await RefuseAsync($"There is no agents/{options.Agent}.json: write it first, after the example of the others.");
            }

            var added = new AddedAgent(agent, environment(RealmPlaceholders.Secret(agent.ClientId)));
            return environment(UserName) is { Length: > 0 } user && environment(Password) is { Length: > 0 } password
                ? await ApplyAsync(added, new NetworkCredential(user, password), cancellationToken)
                : await PrintAsync(added);
        }
        catch (InvalidDataException fault)
        {
            return await RefuseAsync(fault.Message);
        }
        catch (HttpRequestException fault)
        {
            return await RefuseAsync($"Keycloak at {options.Server} does not do it: {fault.Message}");
        }
    }

    private async Task<int> ApplyAsync(AddedAgent added, NetworkCredential administrator, CancellationToken cancellationToken)
    {
        using var keycloak = await KeycloakAdmin.SignInAsync(options.Server, options.Realm, administrator, cancellationToken);
        var client = await keycloak.AddClientAsync(added.Client(), cancellationToken);
        var mapper = await keycloak.AddMapperAsync(AgentClients.InvocationScope, added.Mapper(), cancellationToken);
        await output.WriteLineAsync($"client {added.Agent.ClientId}: {(client ? "created" : "there already, left as it is")}");
        await output.WriteLineAsync(
            $"audience mapper of {AgentClients.InvocationScope}: {(mapper ? "created" : "there already, left as it is")}");
        await PrintSecretAsync(added);
        return 0;
    }

    private async Task<int> PrintAsync(AddedAgent added)
    {
        await output.WriteLineAsync($"{UserName} and {Password} are not set, so nothing is changed. By hand, with Keycloak's kcadm.sh:");
        await output.WriteLineAsync();
        foreach (var step in added.Steps(options.Server, options.Realm))
        {
            await output.WriteLineAsync(step);
        }

        await output.WriteLineAsync();
        await PrintSecretAsync(added);
        return 0;
    }

    private async Task PrintSecretAsync(AddedAgent added)
    {
        var (id, client) = (added.Agent.Id, added.Agent.ClientId);
        await output.WriteLineAsync(
            $"agent-service needs Agents__{id}__ClientId={client} and, in Agents__{id}__ClientSecret, the client's secret"
            + (added.Secret is null
                ? ", which Keycloak made (its administration, Clients, Credentials)."
                : $", which is {RealmPlaceholders.Secret(client)}."));
        await output.WriteLineAsync("Restart agent-service and document-service: they read agents/ at their start.");
    }

    private async Task<int> RefuseAsync(string reason)
    {
        await output.WriteLineAsync(reason);
        return 1;
    }
}
