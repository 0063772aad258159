using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.Contracts.Registry;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.TransactionTokens;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.UserService.Delegation;

/// <summary>
/// Delegates: first checks the registry, so that the provider is never asked about an unknown agent, then issues a
/// transaction token for the person's request, and sends both tokens.
/// </summary>
internal sealed class Delegator(RegistryView registry, TransactionTokenIssuer transactions, AgentServiceClient agents)
{
    public async Task<AccessAnswer> DelegateAsync(Caller person, DelegationOrder order, CancellationToken cancellationToken)
    {
        using var span = AccessSpan.Start(AccessTelemetry.Access.UserDelegateSpan, person, order.Document, order.Agent);
        return await span.ObserveAsync(() => registry.Find(order.Agent) switch
        {
            AgentState.Known { Entry: var entry } =>
                CountedAsync(entry, () => entry.Enabled ? SendAsync(person, order, cancellationToken) : Disabled(entry)),
            AgentState.Unknown => throw new ProblemException(AccessReasons.AgentNotFound, AgentProblems.Unknown(order.Agent)),
            _ => throw new ProblemException(
                AccessReasons.RegistryUnavailable, "The agent registry is unavailable, so nothing is delegated; try again."),
        });
    }

    private Task<AccessAnswer> SendAsync(Caller person, DelegationOrder order, CancellationToken cancellationToken)
    {
        var claims = TransactionClaims.For(
            person, order.AgentClient, new DelegationContext(order.Agent, order.Document, order.Action.Word()));
        return agents.AccessAsync(order, transactions.Issue(claims), cancellationToken);
    }

    private static Task<AccessAnswer> Disabled(RegistryEntry agent) => Task.FromResult(
        new AccessAnswer(false, AccessReasons.AgentDisabled) { Detail = AgentProblems.Disabled(agent.Id) });

    /// <summary>Registered agents only: an id from a request would make the metric's labels unbounded.</summary>
    private static async Task<AccessAnswer> CountedAsync(RegistryEntry agent, Func<Task<AccessAnswer>> work)
    {
        try
        {
            var answer = await work();
            AccessMetrics.RecordDelegation(agent.Id.Value, answer.Granted ? "granted" : answer.Reason.Value);
            return answer;
        }
        catch (ProblemException problem)
        {
            AccessMetrics.RecordDelegation(agent.Id.Value, problem.Reason.Value);
            throw;
        }
    }
}
