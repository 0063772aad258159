using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// Lets every replica of a service know what one of them learned: the provider's logout call reaches only one. By message at once, and
/// by a set in Redis for those that start later or were cut off, which is also read regularly, because a message can be lost.
/// </summary>
internal sealed class SharedRevocations : BackgroundService
{
    private const string Area = "revocations";
    private const int LongestEntry = 512;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Clocks of replicas may differ by that much.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly Revocations _revocations;
    private readonly TimeProvider _time;
    private readonly SharedState? _state;
    private readonly SemaphoreSlim _wake = new(0);

    // What cannot be sent for so long that it is pushed out would have expired before long.
    private readonly Channel<string> _unsent = Channel.CreateBounded<string>(new BoundedChannelOptions(Revocations.Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
    private string? _sending;
    private DateTimeOffset? _read;

    public SharedRevocations(Revocations revocations, TimeProvider time, SharedState? state = null)
    {
        (_revocations, _time, _state) = (revocations, time, state);
        if (state is null) { return; }

        revocations.OnRevoked(Send);
        state.Subscribe(Area, Learn);
        state.OnConnected(Wake);
    }

    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_state is null) { return; }

        Activity.Current = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            await SendAsync(_state);
            await ReadAsync(_state);
            await _wake.WaitAsync(Interval, stoppingToken);
        }
    }

    private void Send(string entry)
    {
        _unsent.Writer.TryWrite(entry);
        Wake();
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0) { _wake.Release(); }
    }

    private async Task SendAsync(SharedState state)
    {
        while (_sending is not null || _unsent.Reader.TryRead(out _sending))
        {
            var entry = Encoding.UTF8.GetBytes(_sending);
            await state.PublishAsync(Area, entry);
            if (!await state.AddAsync(Area, entry, Revocations.LongestToken)) { return; }
            _sending = null;
        }
    }

    /// <summary>What was added since the last reading: all entries live equally long, so those added later expire later.</summary>
    private async Task ReadAsync(SharedState state)
    {
        var now = _time.GetUtcNow();
        var from = _read is { } read ? read + Revocations.LongestToken - Overlap : default;
        if (await state.ReadAllAsync(Area, from) is not { } entries) { return; }

        foreach (var entry in entries) { Learn(entry); }
        _read = now;
    }

    private void Learn(byte[] entry)
    {
        if (entry.Length is > 0 and <= LongestEntry) { _revocations.Learn(Encoding.UTF8.GetString(entry)); }
    }
}

internal static class RevocationExtensions
{
    public static void AddRevocations(this IServiceCollection services)
    {
        services.TryAddSingleton<Revocations>();
        services.AddHostedService<SharedRevocations>();
    }
}
