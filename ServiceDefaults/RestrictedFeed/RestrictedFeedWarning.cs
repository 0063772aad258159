using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.RestrictedFeed;

/// <summary>Says at each start that the packages are old ones, some with known vulnerabilities: nobody should find that out in production.</summary>
internal sealed partial class RestrictedFeedWarning(ILogger<RestrictedFeedWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogRestricted();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventName = "packages.restricted", Level = LogLevel.Warning,
        Message = "Built in the restricted package profile: old packages, some with known vulnerabilities. For evaluation only")]
    private partial void LogRestricted();
}
