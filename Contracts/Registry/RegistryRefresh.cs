using System.Net.Http.Headers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.Contracts.Registry;

/// <summary>Refreshes the view. An outage is reported once; the view becomes outdated by itself.</summary>
internal sealed partial class RegistryRefresh : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly RegistryClient _client;
    private readonly RegistryView _view;
    private readonly TimeProvider _time;
    private readonly ILogger<RegistryRefresh> _logger;
    private readonly PeerPoll _poll;
    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private EntityTagHeaderValue? _tag;

    public RegistryRefresh(RegistryClient client, RegistryView view, TimeProvider time, ILogger<RegistryRefresh> logger)
    {
        _client = client;
        _view = view;
        _time = time;
        _logger = logger;
        _poll = new PeerPoll(AccessTelemetry.Refresh.RegistrySpan, time, failure => LogFailed(failure.GetType().Name));
    }

    public override void Dispose()
    {
        _semaphore.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            await RefreshAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One refresh at a time: an earlier response must not replace a later one.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            await _poll.RunAsync(PollAsync, cancellationToken);
        }
        finally
        {
            _semaphore.Release();
        }
    }

    private async Task<bool> PollAsync(CancellationToken cancellationToken)
    {
        (var agents, _tag) = await _client.GetAsync(_tag, cancellationToken);
        _view.Refresh(agents);
        return agents is not null;
    }

    [LoggerMessage(EventName = "registry.unreachable", Level = LogLevel.Warning,
        Message = "The agent registry is unavailable ({Error}); delegated access is denied")]
    private partial void LogFailed(string error);
}
