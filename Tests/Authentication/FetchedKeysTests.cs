using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.Tests.Authentication;

/// <summary>A fetch of another party's keys is everybody's: callers who hang up keep nobody from a new key.</summary>
public sealed class FetchedKeysTests : OnTestService
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SigningKeys Keys => Service.Services.GetRequiredService<SigningKeys>();

    internal override ManualTime Time { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Time.Advance(TimeSpan.FromSeconds(2));
        Provider.Rotate();
        Provider.OnKeySet = _ =>
        {
            _asked.TrySetResult();
            return _goOn.Task;
        };
    }

    public override ValueTask DisposeAsync()
    {
        _goOn.TrySetResult();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task A_caller_disconnecting_during_a_fetch_does_not_withhold_the_new_key()
    {
        var before = Provider.KeySetRequests;
        await HangUpAsync();
        var second = Keys.EnsureAsync(Provider.KeyId, Cancellation).AsTask();
        _goOn.SetResult();
        await second;

        Assert.NotNull(Keys.Find(Provider.KeyId));
        Assert.Equal(before + 1, Provider.KeySetRequests);
        Assert.Equal(200, (await Service.GetAsync("/me", Provider.Sign(TestToken.Person))).Status);
    }

    [Fact]
    public async Task A_fetch_completes_although_all_its_callers_disconnected()
    {
        await HangUpAsync();
        _goOn.SetResult();
        // Joins the fetch that is under way, or finds that it was just done.
        await Keys.RefreshAsync(Cancellation);

        Assert.NotNull(Keys.Find(Provider.KeyId));
    }

    [Fact]
    public async Task A_disconnected_caller_stops_waiting_and_only_one_fetch_runs_at_a_time()
    {
        var before = Provider.KeySetRequests;
        for (var time = 0; time < 5; time++)
        {
            await HangUpAsync();
            Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(before + 1, Provider.KeySetRequests);
    }

    [Fact]
    public async Task A_response_that_stalls_does_not_block_callers_forever()
    {
        _goOn.SetResult();
        using var issuer = new TransactionTokenIssuer(DelegationContext.Domain, Time);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var party = await TestService.StartAsync(
            Provider, "user-service", app => app.MapGet(TransactionKeySet.Path, async context =>
        {
            if (stopped.Task.IsCompleted)
            {
                await context.Response.WriteAsJsonAsync(new TransactionKeySet([issuer.PublicKey]), Cancellation);
                return;
            }

            await context.Response.StartAsync(Cancellation);
            stopped.SetResult();
            await Silence.KeepAsync(context);
        }).AllowAnonymous());
        using var client = new HttpClient { BaseAddress = party.Address, Timeout = Timeout.InfiniteTimeSpan };
        using var keys = new TransactionKeys(new TransactionKeyClient(client), Time, NullLogger<TransactionKeys>.Instance);
        var first = keys.EnsureAsync(issuer.PublicKey.Kid, Cancellation).AsTask();
        await stopped.Task.WaitAsync(Cancellation);
        Assert.False(first.IsCompleted);

        Time.Advance(TimeSpan.FromSeconds(15));
        await first;
        Assert.Null(keys.Find(issuer.PublicKey.Kid));
        Time.Advance(TimeSpan.FromSeconds(1));
        await keys.EnsureAsync(issuer.PublicKey.Kid, Cancellation);

        Assert.NotNull(keys.Find(issuer.PublicKey.Kid));
    }

    [Fact]
    public async Task A_fetch_ends_with_the_service()
    {
        using var gate = new RefetchGate(Time);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var fetch = gate.FetchAsync(needless: () => false, async cancellation =>
        {
            await using var registration = cancellation.Register(ended.SetResult);
            await ended.Task;
            cancellation.ThrowIfCancellationRequested();
        }, Cancellation);
        Assert.False(fetch.IsCompleted);

        gate.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }

    protected override void Map(WebApplication app) => app.MapGet("/me", () => "hello").Accept(Callers.Person("tracedemo-cli"));

    private async Task HangUpAsync()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = Keys.EnsureAsync(Provider.KeyId, leaving.Token).AsTask();
        await _asked.Task.WaitAsync(Cancellation);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
