using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.Tests.Redis;

/// <summary>Two replicas of user-service sign transaction tokens; document-service asks either of them for keys.</summary>
public sealed class SharedTransactionKeyTests : IAsyncLifetime
{
    private static readonly TransactionClaims Asked =
        new("alice-id", "alice-session", new ClientId("agent-gpt4"),
            new DelegationContext(AgentId.Parse("gpt4", null), DocumentId.Parse("DOC-005", null), "read"));

    private readonly ManualTime _time = new();
    private readonly string _key = RedisServer.NewKey();
    private RedisServer _redis = null!;
    private TestProvider _provider = null!;
    private TestService _one = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _provider = await TestProvider.StartAsync(_time);
        _one = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is null)
        {
            return;
        }
        await _one.DisposeAsync();
        await _provider.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task A_token_of_one_replica_is_valid_with_the_key_set_of_the_other()
    {
        await using var other = await StartAsync();
        await UntilKeysAsync(other, 2);
        using var keys = new TransactionKeys(
            new TransactionKeyClient(new HttpClient { BaseAddress = other.Address }), _time, NullLogger<TransactionKeys>.Instance);
        var token = _one.Services.GetRequiredService<TransactionTokenIssuer>().Issue(Asked);

        Assert.Equal(TransactionCheck.Agrees,
            await new TransactionTokenValidator(DelegationContext.Domain, keys, _time)
                .CheckAsync(token, Asked, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Each_replica_publishes_the_public_keys_of_all_and_no_private_key()
    {
        await using var other = await StartAsync();
        var set = await UntilKeysAsync(other, 2);

        Assert.Equal(KidsOf(await UntilKeysAsync(_one, 2)), KidsOf(set));
        Assert.All(set.EnumerateArray(),
            key =>
                Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(member => member.Name).Order()));
    }

    [Fact]
    public async Task The_key_of_a_removed_replica_is_removed()
    {
        var other = await StartAsync();
        await UntilKeysAsync(_one, 2);
        await other.DisposeAsync();
        _time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(1, (await KeysAsync(_one)).GetArrayLength());
    }

    [Fact]
    public async Task Known_keys_stay_during_an_outage_and_are_shared_again_after_data_loss()
    {
        await using var other = await StartAsync();
        await UntilKeysAsync(_one, 2);
        await _redis.KillAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, (await KeysAsync(_one)).GetArrayLength());
        await _redis.RestartAsync();

        await using var third = await StartAsync();
        await UntilKeysAsync(third, 3);
    }

    [Fact]
    public async Task A_planted_key_is_not_published()
    {
        using var rejected = new RejectedCount("transaction-keys");
        using var attacker = new TransactionTokenIssuer(DelegationContext.Domain, _time);
        await _redis.Talk.AskAsync(
            "ZADD", "tracedemo:user-service:transaction-keys", "99999999999999",
            System.Text.Json.JsonSerializer.Serialize(attacker.PublicKey));
        await Replica.UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, (await KeysAsync(_one)).GetArrayLength());
            return rejected.Value > 0;
        });
    }

    private async Task<TestService> StartAsync()
    {
        var service = await TestService.StartAsync(
            _provider, "user-service", app => app.MapTransactionKeys(),
            builder => builder.AddTransactionTokenIssuer(DelegationContext.Domain), _time,
            builder => _redis.Configure(builder, "user-service", _key));
        await Replica.UntilConnectedAsync(service.Services);
        return service;
    }

    private static async Task<System.Text.Json.JsonElement> KeysAsync(TestService service) =>
        (await service.GetAsync("/.well-known/jwks.json", token: null)).Body.GetProperty("keys");

    /// <summary>Redis is asked once a second at most, by the clock of the test.</summary>
    private async Task<System.Text.Json.JsonElement> UntilKeysAsync(TestService service, int count)
    {
        await Replica.UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return (await KeysAsync(service)).GetArrayLength() == count;
        });
        return await KeysAsync(service);
    }

    private static IEnumerable<string> KidsOf(System.Text.Json.JsonElement keys) =>
        keys.EnumerateArray().Select(key => key.GetProperty("kid").GetString()!).Order();
}
