using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.TokenExchange;

namespace TraceDemo.Tests.TokenExchange;

/// <summary>Tokens of the service itself, for calls without a person.</summary>
public sealed class ServiceTokenTests : IAsyncLifetime
{
    private ExchangeFixture _fixture = null!;

    private ServiceTokens Tokens => _fixture.Service.Services.GetRequiredService<ServiceTokens>();

    public async ValueTask InitializeAsync() => _fixture = await ExchangeFixture.StartAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_token_is_requested_once_with_its_scope_and_cached()
    {
        var first = await GetAsync();

        Assert.Same(first, await GetAsync());
        var form = Assert.Single(_fixture.Provider.TokenRequests);
        Assert.Equal(("client_credentials", "agents:read"), (form["grant_type"].ToString(), form["scope"].ToString()));
    }

    [Theory]
    [InlineData(89, 1)]
    [InlineData(91, 2)]
    public async Task A_token_is_renewed_thirty_seconds_before_it_expires(int seconds, int requests)
    {
        await GetAsync();
        _fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
        await GetAsync();
        await Tokens.Renewal;

        Assert.Equal(requests, _fixture.Provider.TokenRequests.Count);
    }

    [Fact]
    public async Task While_the_provider_refuses_the_old_token_is_used_until_it_expires()
    {
        var first = await GetAsync();
        _fixture.Provider.OnToken = (_, _) => Task.FromResult(TestProvider.Refuse(503, "unavailable", "later"));
        _fixture.Time.Advance(TimeSpan.FromSeconds(100));
        Assert.Same(first, await GetAsync());
        await Tokens.Renewal;
        _fixture.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Null(await GetAsync());
    }

    [Fact]
    public async Task While_the_provider_does_not_respond_a_valid_token_is_returned_without_delay()
    {
        var first = await GetAsync();
        var gate = new TaskCompletionSource();
        _fixture.Provider.OnToken = async (context, form) =>
        {
            await gate.Task;
            return _fixture.Provider.Issue(context, form);
        };
        _fixture.Time.Advance(TimeSpan.FromSeconds(100));

        Assert.All(await Task.WhenAll(GetAsync(), GetAsync(), GetAsync()), token => Assert.Same(first, token));
        Assert.False(Tokens.Renewal.IsCompleted);
        gate.SetResult();
        await Tokens.Renewal;
        Assert.NotSame(first, await GetAsync());
        Assert.Equal(2, _fixture.Provider.TokenRequests.Count);
    }

    [Fact]
    public async Task A_hundred_concurrent_callers_make_one_request()
    {
        var gate = new TaskCompletionSource();
        _fixture.Provider.OnToken = async (context, form) =>
        {
            await gate.Task;
            return _fixture.Provider.Issue(context, form);
        };
        var all = Enumerable.Range(0, 100).Select(_ => GetAsync()).ToList();
        gate.SetResult();

        Assert.Single((await Task.WhenAll(all)).Distinct());
        Assert.Single(_fixture.Provider.TokenRequests);
    }

    private Task<ServiceDefaults.Identity.AccessToken?> GetAsync() =>
        Tokens.GetAsync("agents:read", TestContext.Current.CancellationToken).AsTask();
}
