using System.Net;
using TraceDemo.Standalone.Keycloak;
using TraceDemo.Topology.Agents;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Standalone.Commands;

/// <summary>
/// Creates the client of an agent, whose file exists, in an existing realm. Requires an administrator's credentials in the
/// environment; without them it prints the steps.
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
                return await RefuseAsync($"There is no agents/{options.Agent}.json: create it first, from another agent's file.");
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
            return await RefuseAsync($"Keycloak at {options.Server} did not make the change: {fault.Message}");
        }
    }

    private async Task<int> ApplyAsync(AddedAgent added, NetworkCredential administrator, CancellationToken cancellationToken)
    {
        using var keycloak = await KeycloakAdmin.SignInAsync(options.Server, options.Realm, administrator, cancellationToken);
        var client = await keycloak.AddClientAsync(added.Client(), cancellationToken);
        var mapper = await keycloak.AddMapperAsync(AgentRealmObjects.InvocationScope, added.Mapper(), cancellationToken);
        await output.WriteLineAsync($"client {added.Agent.ClientId}: {(client ? "created" : "exists already, unchanged")}");
        await output.WriteLineAsync(
            $"audience mapper of {AgentRealmObjects.InvocationScope}: {(mapper ? "created" : "exists already, unchanged")}");
        await PrintSecretAsync(added);
        return 0;
    }

    private async Task<int> PrintAsync(AddedAgent added)
    {
        await output.WriteLineAsync($"{UserName} and {Password} are not set, so nothing was changed. Run Keycloak's kcadm.sh by hand:");
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
                ? ", which Keycloak generated (its administration, Clients, Credentials)."
                : $", which is {RealmPlaceholders.Secret(client)}."));
        await output.WriteLineAsync("Restart agent-service and document-service: they read agents/ at startup.");
    }

    private async Task<int> RefuseAsync(string reason)
    {
        await output.WriteLineAsync(reason);
        return 1;
    }
}
