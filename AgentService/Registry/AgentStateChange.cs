namespace TraceDemo.AgentService.Registry;

internal sealed record AgentStateChange(bool? Enabled);
