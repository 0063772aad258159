using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Tests.Redis;

/// <summary>Sessions end side by side, so what is to be sent comes in any order: the last moment counts all the same.</summary>
public sealed class RevocationOrderTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly ManualResetEventSlim _goOn = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _key = RedisServer.NewKey();
    private readonly Revocations _revocations;
    private readonly Revocations _others;
    private string? _heldThread;
    private RedisServer _redis = null!;
    private Replica _replica = null!;
    private Replica _other = null!;
    private SharedRevocations _shared = null!;

    public RevocationOrderTests() => (_revocations, _others) = (Empty(), Empty());

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _replica = await Replica.ConnectAsync(_redis, "gateway", _key, _time);
        _other = await Replica.ConnectAsync(_redis, "gateway", _key, _time);
        // Told first, so it can hold up whoever comes.
        _revocations.OnRevoked(_ =>
        {
            if (Thread.CurrentThread.Name is not { } name || name != _heldThread)
            {
                return;
            }

            _held.TrySetResult();
            _goOn.Wait();
        });
        _shared = new SharedRevocations(_revocations, _time, _replica.State);
    }

    public async ValueTask DisposeAsync()
    {
        _goOn.Set();
        if (_redis is null)
        {
            return;
        }

        _shared.Dispose();
        await _replica.DisposeAsync();
        await _other.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task The_latest_cutoff_of_a_person_is_sent_even_if_an_earlier_one_follows_it()
    {
        for (var number = 0; number <= RevocationList.PersonShare; number++)
        {
            _revocations.EndSession($"session {number}", "mallory");
        }

        await EndInWrongOrderAsync("mallory");
        Assert.True(await _shared.SynchronizeAsync());

        using var others = new SharedRevocations(_others, _time, _other.State);
        Assert.True(await others.SynchronizeAsync());
        Assert.True(_others.Contains(Holder("mallory")));
    }

    [Fact]
    public async Task The_latest_cutoff_of_evicted_entries_is_sent_even_if_an_earlier_one_follows_it()
    {
        await EndInWrongOrderAsync(subject: null);
        for (var number = 0; number < RevocationList.Capacity; number++)
        {
            _revocations.EndSession($"session {number}", subject: null);
        }

        // The moment goes first; nobody waits for the rest.
        var sending = _shared.SynchronizeAsync();
        using var others = new SharedRevocations(_others, _time, _other.State);
        await Replica.UntilAsync(async () => await others.SynchronizeAsync() && _others.RefusedUntil is not null);
        await _replica.DisposeAsync();
        await Task.WhenAny(sending);

        Assert.Equal(_time.GetUtcNow(), _others.RefusedUntil);
    }

    /// <summary>Of two sessions the one that ended later is told first.</summary>
    private async Task EndInWrongOrderAsync(string? subject)
    {
        _time.Advance(TimeSpan.FromSeconds(30));
        _heldThread = "ends the earlier session";
        var earlier = new Thread(() => _revocations.EndSession("earlier", subject)) { Name = _heldThread, IsBackground = true };
        earlier.Start();
        await _held.Task.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(30));
        _revocations.EndSession("later", subject);
        _goOn.Set();
        Assert.True(earlier.Join(TimeSpan.FromSeconds(60)));
    }

    private Revocations Empty() => new(_time, NullLogger<Revocations>.Instance);

    private Caller Holder(string subject) => new TestCaller
    {
        Subject = subject,
        SessionId = "any",
        Client = "tracedemo-cli",
        IssuedAt = _time.GetUtcNow(),
        ExpiresAt = _time.GetUtcNow().AddMinutes(2),
    }.Build();
}
