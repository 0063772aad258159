using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TraceDemo.ServiceDefaults.Redis;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// Lets every replica of a service know what one of them learned: the provider's logout call reaches only one. By message at once, and
/// by a set in Redis for those that start later or were cut off, which is also read regularly, because a message can be lost.
/// </summary>
internal sealed class SharedRevocations : ReplicatedState
{
    private const string Area = "revocations";
    private const int LongestEntry = 512;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Clocks of replicas may differ by that much.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly Revocations _revocations;

    // What cannot be sent for so long that it is pushed out would have expired before long.
    private readonly Channel<string> _unsent = Channel.CreateBounded<string>(new BoundedChannelOptions(Revocations.Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
    private string? _sending;
    private DateTimeOffset? _read;

    public SharedRevocations(Revocations revocations, TimeProvider time, SharedState? state = null)
        : base(state, Area, time, Interval)
    {
        _revocations = revocations;
        if (state is not null) { revocations.OnRevoked(Send); }
    }

    // A Redis that is full can still be read, so what could not be sent does not keep this replica from learning.
    protected override async Task<bool> SynchronizeAsync(SharedState state) => await SendAsync(state) & await ReadAsync(state);

    protected override void Receive(byte[] message) => Learn(message);

    private void Send(string entry)
    {
        _unsent.Writer.TryWrite(entry);
        Want();
    }

    private async Task<bool> SendAsync(SharedState state)
    {
        while (_sending is not null || _unsent.Reader.TryRead(out _sending))
        {
            var entry = Encoding.UTF8.GetBytes(_sending);
            await TellAsync(entry);
            if (!await state.AddAsync(Area, entry, Revocations.LongestToken)) { return false; }
            _sending = null;
        }

        return true;
    }

    /// <summary>What was added since the last reading: all entries live equally long, so those added later expire later.</summary>
    private async Task<bool> ReadAsync(SharedState state)
    {
        var now = Time.GetUtcNow();
        var from = _read is { } read ? read + Revocations.LongestToken - Overlap : default;
        if (await state.ReadAllAsync(Area, from) is not { } entries) { return false; }

        foreach (var entry in entries) { Learn(entry); }
        _read = now;
        return true;
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
