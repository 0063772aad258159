using Microsoft.Extensions.Hosting;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Fetches the keys at startup until the provider responds (not ready before that), and every few minutes after.</summary>
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
