using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>
/// State that every replica holds in memory and synchronizes through Redis: when Redis becomes available,
/// when a replica reports a change, and periodically, because a message can be lost. Requests are
/// answered from memory and never wait for Redis, unless they change something.
/// </summary>
public abstract class ReplicatedState : BackgroundService
{
    private readonly SharedState? _shared;
    private readonly string _area;
    private readonly TimeSpan _interval;
    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private readonly Channel<bool> _requests = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Subscribes; synchronization begins when the host starts.</summary>
    /// <param name="shared">The shared state; null for a single replica.</param>
    /// <param name="area">The area for messages between the replicas.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interval">The interval of periodic synchronization.</param>
    protected ReplicatedState(SharedState? shared, string area, TimeProvider time, TimeSpan interval)
    {
        _shared = shared;
        _area = area;
        Time = time;
        _interval = interval;
        shared?.Subscribe(area, Receive);
        shared?.Connected += Connected;
    }

    /// <summary>The shared state; null for a single replica.</summary>
    protected SharedState? Shared => _shared;

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>Synchronizes now. True if this replica and Redis agree, or if no
    /// Redis is configured; false if it is unavailable.</summary>
    public async Task<bool> SynchronizeAsync()
    {
        if (_shared is null)
        {
            return true;
        }

        await _semaphore.WaitAsync();
        try
        {
            return await SynchronizeAsync(_shared);
        }
        finally
        {
            _semaphore.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _semaphore.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads later entries from Redis and writes those that are later here.
    /// Never called concurrently. False if Redis is unavailable.</summary>
    /// <param name="state">The shared state.</param>
    protected abstract Task<bool> SynchronizeAsync(SharedState state);

    /// <summary>Synchronizes soon, in the background.</summary>
    protected void RequestSynchronization() => _requests.Writer.TryWrite(true);

    /// <summary>Called when Redis becomes available. Must be brief and not throw.</summary>
    protected virtual void Connected() => RequestSynchronization();

    /// <summary>Called when a replica, possibly this one, reports a change. Must be brief and not throw.</summary>
    /// <param name="message">The message.</param>
    protected virtual void Receive(byte[] message) => RequestSynchronization();

    /// <summary>Sends a message to the other replicas.</summary>
    /// <param name="message">The message.</param>
    protected async Task PublishAsync(ReadOnlyMemory<byte> message)
    {
        if (_shared is not null)
        {
            await _shared.PublishAsync(_area, message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_shared is null)
        {
            return;
        }

        // A root span of its own: this belongs to no request's trace.
        Activity.Current = null;
        await using var timer = Time.CreateTimer(_ => RequestSynchronization(), null, TimeSpan.Zero, _interval);
        await foreach (var _ in _requests.Reader.ReadAllAsync(stoppingToken))
        {
            await SynchronizeAsync();
        }
    }
}
