using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Health;

namespace TraceDemo.ServiceDefaults.Authentication;

internal static class RevocationExtensions
{
    /// <summary>The list, shared between replicas and shown in health. May be called twice.</summary>
    public static void AddRevocations(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(Revocations))) { return; }

        services.AddSingleton<Revocations>();
        services.AddHostedService<SharedRevocations>();
        services.AddHealthChecks().AddCheck<RevocationsCheck>("revocations", tags: [HealthTags.Ready]);
    }
}
