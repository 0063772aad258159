using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.RestrictedFeed;

/// <summary>
/// Logs at startup which packages are older than the default profile's, and why. Developers have seen it when the profile was chosen;
/// in production it is a warning.
/// </summary>
internal sealed partial class RestrictedFeedNotice(IHostEnvironment environment, ILogger<RestrictedFeedNotice> logger) : IHostedService
{
    /// <summary>Those of this project and of the service's own, as their project files took them from Directory.Packages.props.</summary>
    private static string OlderPackages { get; } = string.Join(", ",
        from assembly in (Assembly?[])[typeof(RestrictedFeedNotice).Assembly, Assembly.GetEntryAssembly()]
        from metadata in assembly?.GetCustomAttributes<AssemblyMetadataAttribute>() ?? []
        where metadata.Key == nameof(OlderPackages)
        select metadata.Value);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogRestricted(environment.IsDevelopment() ? LogLevel.Information : LogLevel.Warning, OlderPackages);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventName = "packages.restricted",
        Message = "Built with older packages, because the package feed lacked newer ones or what those need: {Packages}; "
            + "Duende.IdentityModel is replaced by sources of our own. For evaluation only")]
    private partial void LogRestricted(LogLevel level, string packages);
}
