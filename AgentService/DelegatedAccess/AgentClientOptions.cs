namespace TraceDemo.AgentService.DelegatedAccess;

/// <summary>Section <c>Agents</c>, by agent id.</summary>
internal sealed class AgentClientOptions : Dictionary<string, AgentClientSettings>
{
    public const string Section = "Agents";
}
