namespace TraceDemo.Standalone.Instance;

/// <summary>The state that a running system writes for <c>-- demo</c> and for a second
/// start. Readable by its owner only: it contains a secret.</summary>
internal sealed record InstanceState(
    int Pid, string Dashboard, string Gateway, string DocumentService, string Authority, string AgentSecret);
