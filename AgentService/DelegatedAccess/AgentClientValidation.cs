using Microsoft.Extensions.Options;
using TraceDemo.AgentService.Registry;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.AgentService.DelegatedAccess;

/// <summary>Every registered agent needs its own client: a shared one would not show which agent acts.</summary>
internal sealed class AgentClientValidation(AgentRegistry registry, IHostEnvironment environment) : IValidateOptions<AgentClientOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentClientOptions options)
    {
        var errors = registry.Current.Agents.SelectMany(agent => Errors(agent.Id.Value, options)).Concat(Shared(options)).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> Errors(string agent, AgentClientOptions options)
    {
        var settings = options.GetValueOrDefault(agent) ?? new AgentClientSettings();
        if (settings.ClientId.Length == 0)
        {
            yield return $"Agents__{agent}__ClientId is missing: the agent's OAuth client";
        }

        if (settings.ClientSecret.Length == 0)
        {
            yield return $"Agents__{agent}__ClientSecret is missing";
        }

        if (!environment.IsDevelopment()
            && settings.ClientSecret.StartsWith(IdentityOptions.DevelopmentSecretPrefix, StringComparison.Ordinal))
        {
            yield return $"Agents__{agent}__ClientSecret is one from the public realm file; outside Development it must be a secret of "
                + "your own";
        }
    }

    private static IEnumerable<string> Shared(AgentClientOptions options) =>
        options.Where(entry => entry.Value.ClientId.Length > 0)
            .GroupBy(entry => entry.Value.ClientId, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group =>
                $"the agents {string.Join(", ", group.Select(entry => entry.Key))} share the client '{group.Key}'; each needs its own");
}
