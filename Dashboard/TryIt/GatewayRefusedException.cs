namespace TraceDemo.Dashboard.TryIt;

/// <summary>The gateway did not return a list.</summary>
internal sealed class GatewayRefusedException(GatewayAnswer answer) : Exception($"The gateway answered {answer.Status}.")
{
    public GatewayAnswer Answer { get; } = answer;
}
