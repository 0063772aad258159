namespace TraceDemo.Standalone.Instance;

/// <summary>What a running system leaves for <c>-- demo</c> and for a second
/// start. Readable by its owner only: it holds a secret.</summary>
internal sealed record InstanceState(
    int Pid, string Dashboard, string Gateway, string DocumentService, string Authority, string AgentSecret);
