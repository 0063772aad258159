using TraceDemo.Contracts;

namespace TraceDemo.SampleAgents.Work;

/// <summary>The working part behind a kind of agent. Reading needs none: the document itself is the answer.</summary>
public interface IAgent
{
    AgentKind Kind { get; }

    bool CanDo(AgentAction action);

    Task<AgentResult> RunAsync(AgentTask task, CancellationToken cancellationToken);
}
