using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.ServiceDefaults.Health;

internal static class HealthEndpoints
{
    private static readonly TimeSpan PeerTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Checks the peers with a configured address, which are those that this service calls.</summary>
    public static void AddPeerChecks(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient(PeerCheck.Client, client => client.Timeout = PeerTimeout)
            .UseSocketsHttpHandler((handler, _) => ConnectionSettings.Apply(handler))
            .RemoveAllLoggers();
        var checks = builder.Services.AddHealthChecks();
        foreach (var service in builder.Configuration.GetSection("services").GetChildren())
        {
            var address = ServiceClientExtensions.Address(builder.Configuration, service.Key);
            checks.Add(new HealthCheckRegistration(
                service.Key,
                services => new PeerCheck(services.GetRequiredService<IHttpClientFactory>(), address),
                HealthStatus.Degraded,
                [HealthTags.Peer]));
        }
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous()
            .DisableRateLimiting();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = Word(report.Status),
        checks = Entries(report, HealthTags.Ready),
        peers = Entries(report, HealthTags.Peer),
    });

    private static Dictionary<string, string> Entries(HealthReport report, string tag) => report.Entries
        .Where(entry => entry.Value.Tags.Contains(tag))
        .ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? Word(entry.Value.Status), StringComparer.Ordinal);

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();
}
