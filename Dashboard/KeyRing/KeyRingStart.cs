using Microsoft.AspNetCore.DataProtection;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.Dashboard.KeyRing;

/// <summary>
/// Loads the keys before the first request: those in Redis, or a first key that only one of several concurrently starting replicas creates.
/// If Redis is unavailable, the Dashboard starts with its own key, which the others receive when Redis is back.
/// </summary>
internal sealed partial class KeyRingStart : IHostedService
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly SharedKeys _keys;
    private readonly IDataProtector _protector;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public KeyRingStart(SharedState state, SharedKeys keys, IDataProtectionProvider protection, ILogger<KeyRingStart> logger)
    {
        _keys = keys;
        _protector = protection.CreateProtector("key-ring");
        _logger = logger;
        state.Connected += () => _connected.TrySetResult();
        // Reading the ring now saves this work in the first request.
        keys.Changed += Read;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        try
        {
            await _connected.Task.WaitAsync(timeout.Token);
            await AgreeAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogAlone();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AgreeAsync(CancellationToken cancellationToken)
    {
        await _keys.SynchronizeAsync();
        while (_keys.IsEmpty && !await _keys.ClaimFirstAsync())
        {
            await Task.Delay(RetryDelay, cancellationToken);
            await _keys.SynchronizeAsync();
        }

        if (!_keys.IsEmpty)
        {
            return;
        }
        // Another replica may have created one between the check and the claim.
        await _keys.SynchronizeAsync();
        Read();
        await _keys.SynchronizeAsync();
        await _keys.ReleaseFirstAsync();
    }

    /// <summary>Creates a key if there is no usable one.</summary>
    private void Read() => _protector.Protect([]);

    [LoggerMessage(EventName = "key_ring.alone", Level = LogLevel.Warning,
        Message = "Redis did not respond in time: cookies of other replicas and of earlier runs are unreadable until it does")]
    private partial void LogAlone();
}
