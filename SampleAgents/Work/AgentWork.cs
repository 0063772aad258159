using TraceDemo.Contracts;

namespace TraceDemo.SampleAgents.Work;

/// <summary>Finds the implementation of an agent and its supported actions.</summary>
public sealed class AgentWork(IEnumerable<IAgent> agents)
{
    private readonly Dictionary<AgentKind, IAgent> _byKind = agents.ToDictionary(agent => agent.Kind);

    public IReadOnlyList<AgentAction> ActionsOf(AgentKind kind) =>
        [.. Enum.GetValues<AgentAction>().Where(action => action == AgentAction.Read || _byKind[kind].CanDo(action))];

    /// <summary>The output of the agent; null for reading, where the response is the document itself.</summary>
    public async Task<AgentResult?> RunAsync(AgentKind kind, AgentTask task, CancellationToken cancellationToken) =>
        task.Action == AgentAction.Read ? null : await _byKind[kind].RunAsync(task, cancellationToken);
}
