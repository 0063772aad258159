using TraceDemo.Contracts;

namespace TraceDemo.SampleAgents.Work;

/// <summary>Finds the working part of an agent, and says what it can do.</summary>
public sealed class AgentWork(IEnumerable<IAgent> agents)
{
    private readonly Dictionary<AgentKind, IAgent> _byKind = agents.ToDictionary(agent => agent.Kind);

    public IReadOnlyList<AgentAction> ActionsOf(AgentKind kind) =>
        [.. Enum.GetValues<AgentAction>().Where(action => action == AgentAction.Read || _byKind[kind].CanDo(action))];

    /// <summary>What the agent made of the document; null for reading, where the document is the whole answer.</summary>
    public async Task<AgentResult?> RunAsync(AgentKind kind, AgentTask task, CancellationToken cancellationToken) =>
        task.Action == AgentAction.Read ? null : await _byKind[kind].RunAsync(task, cancellationToken);
}
