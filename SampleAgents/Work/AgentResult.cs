using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.SampleAgents.Work;

/// <summary>How an agent's work ended: an output, or the reason why there is none.</summary>
public abstract record AgentResult
{
    private AgentResult()
    {
    }

    public sealed record Done(AgentOutput Output) : AgentResult;

    public sealed record Failed(ReasonCode Reason, string Detail) : AgentResult;
}
