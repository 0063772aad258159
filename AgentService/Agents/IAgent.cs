using TraceDemo.AgentService.Registry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Agents;

/// <summary>The working part behind a kind of agent. Reading needs none: the document itself is the answer.</summary>
internal interface IAgent
{
    AgentKind Kind { get; }

    bool CanDo(AgentAction action);

    Task<AgentAnswer> RunAsync(AgentTask task, CancellationToken cancellationToken);
}
