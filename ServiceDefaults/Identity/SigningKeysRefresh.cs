using Microsoft.Extensions.Hosting;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Fetches the keys at start until the provider answers (the service is not ready before), and every few minutes after.</summary>
internal sealed class SigningKeysRefresh(SigningKeys keys, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await keys.RefreshAsync(stoppingToken);
            await Task.Delay(keys.Metadata is null ? FirstDelay : Interval, time, stoppingToken);
        }
    }
}
