using TraceDemo.AgentService.Registry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Agents;

/// <summary>Finds the working part of an agent, and says what it can do.</summary>
internal sealed class AgentWork(IEnumerable<IAgent> agents)
{
    private readonly Dictionary<AgentKind, IAgent> _byKind = agents.ToDictionary(agent => agent.Kind);

    public IReadOnlyList<AgentAction> ActionsOf(RegisteredAgent agent) =>
        [.. Enum.GetValues<AgentAction>().Where(action => action == AgentAction.Read || _byKind[agent.Kind].CanDo(action))];

    /// <summary>What the agent made of the document; null for reading, where the document is the whole answer.</summary>
    public async Task<AgentAnswer?> RunAsync(AgentTask task, CancellationToken cancellationToken) =>
        task.Action == AgentAction.Read ? null : await _byKind[task.Agent.Kind].RunAsync(task, cancellationToken);
}
