using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Registry;

/// <summary>The outcome of a change.</summary>
/// <param name="Refusal">Why it was not made; null on success.</param>
internal abstract record StateChange(ReasonCode? Refusal)
{
    public sealed record Done(RegisteredAgent Agent) : StateChange((ReasonCode?)null);

    public sealed record NoSuchAgent() : StateChange(AccessReasons.AgentNotFound);

    public sealed record NotShared() : StateChange(AccessReasons.RegistryUnavailable);
}
