using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TraceDemo.ServiceDefaults.Health;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Registers the revocation list.</summary>
public static class RevocationExtensions
{
    /// <summary>Adds the list, shared between replicas and reported in health. May be called twice.</summary>
    internal static void AddRevocations(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(Revocations)))
        {
            return;
        }

        services.AddSingleton<Revocations>();
        services.AddHostedService<SharedRevocations>();
        services.AddRevocationsCheck(provider => provider.GetRequiredService<Revocations>().Cutoff);
    }

    /// <summary>Reports in health when a revocation list uses a cutoff instead of single entries.</summary>
    /// <param name="services">The services.</param>
    /// <param name="cutoff">The cutoff; null while the list is exact.</param>
    public static void AddRevocationsCheck(this IServiceCollection services, Func<IServiceProvider, DateTimeOffset?> cutoff) =>
        services.AddHealthChecks().Add(
        new HealthCheckRegistration("revocations", provider => new RevocationsCheck(() => cutoff(provider)), failureStatus: null,
            tags: [HealthTags.Ready]));
}
