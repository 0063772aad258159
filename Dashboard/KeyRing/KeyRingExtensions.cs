using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Dashboard.KeyRing;

internal static class KeyRingExtensions
{
    /// <summary>Call before anything else that uses data protection, so that the keys exist when the
    /// framework first reads them. Without Redis the framework's defaults apply.</summary>
    public static WebApplicationBuilder AddKeyRing(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(SharedState)))
        {
            return builder;
        }

        services.AddSingleton<SharedKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedKeys>());
        services.AddHostedService<KeyRingStart>();
        services.AddSingleton<IKeyManager>(provider => new WatchedKeys(
            ActivatorUtilities.CreateInstance<XmlKeyManager>(provider), provider.GetRequiredService<SharedKeys>()));
        services.AddOptions<KeyManagementOptions>().Configure<SharedKeys>((options, keys) => options.XmlRepository = keys);
        // Its only warning is that the repository's content is not encrypted. It is, with a key that is not in Redis.
        builder.Logging.AddFilter(typeof(XmlKeyManager).FullName, LogLevel.Error);
        // By default the name is the application's folder.
        services.AddDataProtection().SetApplicationName("tracedemo-dashboard");
        return builder;
    }
}
