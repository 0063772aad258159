namespace TraceDemo.Dashboard.TryIt;

/// <summary>The gateway did not return a list.</summary>
internal sealed class GatewayRefusedException(GatewayResponse response) : Exception($"The gateway answered {response.Status}.")
{
    public GatewayResponse Response { get; } = response;
}
