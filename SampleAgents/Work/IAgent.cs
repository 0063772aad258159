using TraceDemo.Contracts;

namespace TraceDemo.SampleAgents.Work;

/// <summary>The implementation of a kind of agent. Reading does not use it: the response is the document itself.</summary>
public interface IAgent
{
    AgentKind Kind { get; }

    bool CanDo(AgentAction action);

    Task<AgentResult> RunAsync(AgentTask task, CancellationToken cancellationToken);
}
