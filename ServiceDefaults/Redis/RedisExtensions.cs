using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Health;

namespace TraceDemo.ServiceDefaults.Redis;

internal static class RedisExtensions
{
    private const string Address = "ConnectionStrings:redis";

    /// <summary>
    /// Adds <see cref="SharedState"/> if the configuration contains a Redis and a key. Without a key Redis is not used: its data could
    /// not be trusted.
    /// </summary>
    public static WebApplicationBuilder AddRedis(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        if (configuration[Address] is not { Length: > 0 } address)
        {
            return builder;
        }
        if (configuration[$"{RedisOptions.Section}:{nameof(RedisOptions.Key)}"] is null or "")
        {
            services.AddHostedService<RedisWithoutKey>();
            return builder;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<RedisOptions, RedisOptionsValidator>().BindConfiguration(RedisOptions.Section);
        services.Configure<RedisOptions>(options =>
        {
            options.Address = address;
            options.Service = configuration["Identity:ClientId"] ?? "";
        });
        services.AddSingleton<RedisConnection>();
        services.AddSingleton<Rejections>();
        services.AddSingleton<RedisMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisMonitor>());
        services.AddSingleton(provider => new SharedState(
            provider.GetRequiredService<RedisConnection>(), provider.GetRequiredService<RedisMonitor>(),
            provider.GetRequiredService<Rejections>(),
            provider.GetRequiredService<IOptions<RedisOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHealthChecks().AddCheck<RedisCheck>("redis", HealthStatus.Degraded, [HealthTags.Peer]);
        return builder;
    }
}
