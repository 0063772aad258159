namespace TraceDemo.AgentService.DelegatedAccess;

internal sealed record AgentClientSettings
{
    public string ClientId { get; init; } = "";

    public string ClientSecret { get; init; } = "";
}
