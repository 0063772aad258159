using System.Diagnostics;
using System.Text.Json;
using TraceDemo.AgentService.Registry;
using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.SampleAgents.Work;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.DelegatedAccess;

/// <summary>One agent's work for one person: fetches the document as the agent, then performs the requested action.</summary>
internal sealed class AgentInvocation(
    AgentRegistry registry, SharedRegistry state, AgentClients clients, DocumentClient documents, AgentWork work)
{
    public async Task<AccessAnswer> RunAsync(Caller person, AgentOrder order, CancellationToken cancellationToken)
    {
        using var span = AccessSpan.Start(AccessTelemetry.Access.AgentDelegatedAccessSpan, person, order.Document, order.Agent);
        span.Activity?.SetTag(AccessTelemetry.GenAi.OperationName, "invoke_agent");
        span.Activity?.SetTag(AccessTelemetry.GenAi.AgentId, order.Agent.Value);
        return await span.ObserveAsync(async () =>
        {
            var (agent, client) = Find(order.Agent);
            span.Activity?.SetTag(AccessTelemetry.GenAi.AgentName, agent.Name);
            if (!state.IsKnown)
            {
                return new AccessAnswer(false, AccessReasons.RegistryUnavailable)
                {
                    Detail = "The state of the agents is currently unknown; try again.",
                };
            }

            if (!agent.Enabled)
            {
                return new AccessAnswer(false, AccessReasons.AgentDisabled)
                {
                    Detail = AgentProblems.Disabled(agent.Id),
                };
            }

            EnsureAble(agent, order.Action);
            var answer = await documents.AccessAsync(client, order.Document, order.Action, order.TransactionToken, cancellationToken);
            return answer.Granted ? await WorkAsync(agent, order, answer, cancellationToken) : answer;
        });
    }

    private (RegisteredAgent Agent, ClientCredential Client) Find(AgentId id) =>
        registry.Find(id) is { } agent && clients.Find(id) is { } client
            ? (agent, client)
            : throw new ProblemException(AccessReasons.AgentNotFound, AgentProblems.Unknown(id));

    private void EnsureAble(RegisteredAgent agent, AgentAction action)
    {
        var able = work.ActionsOf(agent.Kind);
        if (!able.Contains(action))
        {
            throw new ProblemException(
                ReasonCode.RequestInvalid,
                $"The agent '{agent.Id}' cannot {action.Word()}; 'action' must be one of: "
                + $"{string.Join(", ", able.Select(other => other.Word()))}.",
                Problem.Members("action"));
        }
    }

    private async Task<AccessAnswer> WorkAsync(
        RegisteredAgent agent, AgentOrder order, AccessAnswer answer, CancellationToken cancellationToken)
    {
        var task = new AgentTask(agent.Id, order.Action, order.ReviewType, Document(answer));
        return await work.RunAsync(agent.Kind, task, cancellationToken) switch
        {
            null => answer,
            AgentResult.Done { Output: var output } =>
                answer with { Output = JsonSerializer.SerializeToElement(output, ReadableJson.Options) },
            AgentResult.Failed failed => throw new ProblemException(failed.Reason, failed.Detail),
            _ => throw new UnreachableException(),
        };
    }

    private static AgentDocument Document(AccessAnswer answer) =>
        answer.Document?.Deserialize<AgentDocument>(JsonSerializerOptions.Web) is { Content: not null } document
            ? document
            : throw new ProblemException(ReasonCode.UpstreamUnavailable, "document-service released a document without content.");
}
