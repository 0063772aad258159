using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TraceDemo.ServiceDefaults.Health;

/// <summary>Checks whether a peer is alive. Never worse than degraded, so that it gates nothing.</summary>
internal sealed class PeerCheck(IHttpClientFactory clients, Uri address) : IHealthCheck
{
    public const string Client = "peer-check";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var response = await clients.CreateClient(Client).GetAsync(new Uri(address, "/alive"), cancellationToken);
            return response.IsSuccessStatusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"answers {(int)response.StatusCode}");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return HealthCheckResult.Degraded("does not answer");
        }
    }
}
