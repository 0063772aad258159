using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.SampleAgents.Work;

/// <summary>The result of an agent's work: an output, or the reason for a failure.</summary>
public abstract record AgentResult
{
    private AgentResult()
    {
    }

    public sealed record Done(AgentOutput Output) : AgentResult;

    public sealed record Failed(ReasonCode Reason, string Detail) : AgentResult;
}
