using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>
/// State that every replica holds in memory and that becomes the same in all of them through Redis: compared when Redis is there, the
/// first time and again, when a replica says that it changed something, and now and then, because a message can be lost. Requests are
/// answered from memory and never wait for Redis, unless they change something.
/// </summary>
public abstract class ReplicatedState : BackgroundService
{
    private readonly SharedState? _shared;
    private readonly string _area;
    private readonly TimeSpan _interval;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Channel<bool> _requests = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Begins to listen; comparing begins with the start.</summary>
    /// <param name="shared">Where the replicas meet; null where each is alone.</param>
    /// <param name="area">The area for messages between the replicas.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interval">How often to compare without a reason.</param>
    protected ReplicatedState(SharedState? shared, string area, TimeProvider time, TimeSpan interval)
    {
        (_shared, _area, Time, _interval) = (shared, area, time, interval);
        shared?.Subscribe(area, Receive);
        shared?.OnConnected(Connected);
    }

    /// <summary>Where the replicas meet; null where each is alone.</summary>
    protected SharedState? Shared => _shared;

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>Compares now. True when this replica and Redis agree, or when there
    /// is no Redis to agree with; false when it is away.</summary>
    public async Task<bool> SynchronizeAsync()
    {
        if (_shared is null) { return true; }

        await _one.WaitAsync();
        try
        {
            return await SynchronizeAsync(_shared);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes over what is later in Redis and writes what is later here.
    /// Never called twice at once. False when Redis is away.</summary>
    /// <param name="state">Where the replicas meet.</param>
    protected abstract Task<bool> SynchronizeAsync(SharedState state);

    /// <summary>Compares soon, in the background.</summary>
    protected void RequestSynchronization() => _requests.Writer.TryWrite(true);

    /// <summary>Redis is there, or there again. Brief, and without throwing.</summary>
    protected virtual void Connected() => RequestSynchronization();

    /// <summary>A replica, perhaps this one, changed something. Brief, and without throwing.</summary>
    /// <param name="message">What it said.</param>
    protected virtual void Receive(byte[] message) => RequestSynchronization();

    /// <summary>Tells the other replicas.</summary>
    /// <param name="message">What to say.</param>
    protected async Task PublishAsync(ReadOnlyMemory<byte> message)
    {
        if (_shared is not null) { await _shared.PublishAsync(_area, message); }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_shared is null) { return; }

        // A root of its own: this is no part of anybody's trace.
        Activity.Current = null;
        await using var timer = Time.CreateTimer(_ => RequestSynchronization(), null, TimeSpan.Zero, _interval);
        await foreach (var _ in _requests.Reader.ReadAllAsync(stoppingToken)) { await SynchronizeAsync(); }
    }
}
