using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TraceDemo.ServiceDefaults.Health;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Registers what remembers revocations.</summary>
public static class RevocationExtensions
{
    /// <summary>The list, shared between replicas and shown in health. May be called twice.</summary>
    internal static void AddRevocations(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(Revocations))) { return; }

        services.AddSingleton<Revocations>();
        services.AddHostedService<SharedRevocations>();
        services.AddRevocationsCheck(provider => provider.GetRequiredService<Revocations>().RefusedUntil);
    }

    /// <summary>Shows in health whether a list of revocations is coarser than single entries.</summary>
    /// <param name="services">The services.</param>
    /// <param name="refusedUntil">Until when everything is refused; null while the list is exact.</param>
    public static void AddRevocationsCheck(this IServiceCollection services, Func<IServiceProvider, DateTimeOffset?> refusedUntil) =>
        services.AddHealthChecks().Add(
        new HealthCheckRegistration("revocations", provider => new RevocationsCheck(() => refusedUntil(provider)), failureStatus: null,
            tags: [HealthTags.Ready]));
}
