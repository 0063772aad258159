
namespace TraceDemo.Tests.Redis;

/// <summary>Which agents are enabled: the same at all replicas of agent-service and after
/// a restart, and never opened by what Redis does or holds.</summary>
public sealed class SharedRegistryTests : IAsyncLifetime
{
    private static readonly TestToken Reader = TestToken.Service("document-service", "agent-service", "agents:read");

    private readonly string _key = RedisServer.NewKey();
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task A_disabled_agent_is_disabled_at_every_replica_and_after_a_restart()
    {
        await using (var one = await StartAsync())
        await using (var other = await StartAsync())
        {
            Assert.Equal(200, await SetAsync(one, "gpt4", false));
            await UntilAsync(other, "gpt4", false);
        }

        await using var next = await StartAsync();
        Assert.False(await IsEnabledAsync(next, "gpt4"));
        Assert.True(await IsEnabledAsync(next, "claude"));
        Assert.Equal(200, await SetAsync(next, "gpt4", true));
        Assert.True(await IsEnabledAsync(next, "gpt4"));
    }

    [Fact]
    public async Task Until_Redis_has_responded_no_agent_is_reported_as_enabled()
    {
        await _redis.KillAsync();
        await using var service = await StartAsync(wait: false);

        Assert.Equal((503, "registry_unavailable"), await ReadAsync(service));
        Assert.Equal(503, await SetAsync(service, "gpt4", false));
        Assert.Equal("registry_unavailable", (await service.AccessAsync("gpt4", new { documentId = "DOC-005" })).Reason);
        Assert.Equal(503, (await service.SendAsync(HttpMethod.Get, "/health", null)).Status);

        await _redis.RestartAsync();
        await ReadyAsync(service);
        Assert.True(await IsEnabledAsync(service, "gpt4"));
    }

    [Fact]
    public async Task While_Redis_is_unavailable_an_agent_can_be_disabled_here_and_later_everywhere_but_not_enabled()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        Assert.Equal(200, await SetAsync(one, "claude", false));
        await UntilAsync(other, "claude", false);
        await _redis.KillAsync();

        Assert.Equal(200, await SetAsync(one, "gpt4", false));
        Assert.False(await IsEnabledAsync(one, "gpt4"));
        Assert.Equal(503, await SetAsync(one, "claude", true));
        Assert.False(await IsEnabledAsync(one, "claude"));

        await _redis.RestartAsync();
        await UntilAsync(other, "gpt4", false);
        // The server had forgotten everything; the replicas had not.
        Assert.False(await IsEnabledAsync(other, "claude"));
    }

    [Fact]
    public async Task Enabling_at_another_replica_does_not_undo_a_disable_not_yet_shared()
    {
        await using (var other = await StartAsync())
        {
            await SetAsync(other, "gpt4", false);
            await SetAsync(other, "gpt4", true);
        }

        var (key, enabled) = Assert.Single(await StatesAsync());
        await _redis.Talk.AskAsync("DEL", key);
        await using var one = await StartAsync();
        await _redis.Talk.AskAsync("ACL", "SETUSER", "agent-service", "off");
        await _redis.Talk.AskAsync("CLIENT", "KILL", "USER", "agent-service");
        await _redis.Talk.AskAsync("SET", key, enabled);
        Assert.Equal(200, await SetAsync(one, "gpt4", false));
        await _redis.Talk.AskAsync("ACL", "SETUSER", "agent-service", "on");

        await Replica.UntilAsync(async () => (await StatesAsync())[key] != enabled);
        Assert.False(await IsEnabledAsync(one, "gpt4"));
        await using var next = await StartAsync();
        Assert.False(await IsEnabledAsync(next, "gpt4"));
    }

    [Fact]
    public async Task An_older_state_restored_in_Redis_is_ignored_and_replaced()
    {
        await using var service = await StartAsync();
        await SetAsync(service, "gpt4", false);
        await SetAsync(service, "gpt4", true);
        var (key, enabled) = Assert.Single(await StatesAsync());
        await SetAsync(service, "gpt4", false);

        await _redis.Talk.AskAsync("SET", key, enabled);
        Assert.Equal(200, await SetAsync(service, "claude", false));

        Assert.False(await IsEnabledAsync(service, "gpt4"));
        await using var next = await StartAsync();
        Assert.False(await IsEnabledAsync(next, "gpt4"));
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("of another key")]
    [InlineData("of another type")]
    public async Task A_forged_or_foreign_state_is_ignored_and_counted(string state)
    {
        using var rejected = new RejectedCount("registry");
        await using (var foreign = await StartAsync(state == "of another key" ? RedisServer.NewKey() : _key))
        {
            await SetAsync(foreign, "gpt4", false);
        }

        var (key, _) = Assert.Single(await StatesAsync());
        if (state == "forged")
        {
            await _redis.Talk.AskAsync("SET", key, """{"gpt4":{"enabled":false,"version":7}}""");
        }

        if (state == "of another type")
        {
            await _redis.Talk.AskAsync("DEL", key);
            await _redis.Talk.AskAsync("LPUSH", key, "x");
        }

        await using var service = await StartAsync();
        if (state == "of another key")
        {
            Assert.Equal("OK", await _redis.Talk.AskAsync("RENAME", key, await KeyOfAsync(service, key)));
        }

        Assert.Equal(200, await SetAsync(service, "claude", false));

        // Compared when the agent is disabled, or, when Redis was away at that moment, as soon as it is back.
        await Replica.UntilAsync(() => Task.FromResult(rejected.Value > 0));
        Assert.True(await IsEnabledAsync(service, "gpt4"));
    }

    [Fact]
    public async Task A_forged_notice_is_counted_and_changes_nothing()
    {
        using var rejected = new RejectedCount("registry");
        await using var service = await StartAsync();

        await _redis.Talk.AskAsync("PUBLISH", "tracedemo:agent-service:registry", "changed");

        await Replica.UntilAsync(() => Task.FromResult(rejected.Value > 0));
        Assert.True(await IsEnabledAsync(service, "gpt4"));
    }

    /// <summary>Where this service keeps its state, learnt by letting it write.</summary>
    private async Task<string> KeyOfAsync(AgentServiceHost service, string besides)
    {
        await SetAsync(service, "summarizer", false);
        var (key, _) = Assert.Single(await StatesAsync(), entry => entry.Key != besides);
        return key;
    }

    private async Task<IReadOnlyDictionary<string, string>> StatesAsync() =>
        (await _redis.Talk.DumpAsync()).Where(entry => entry.Key.StartsWith("tracedemo:agent-service:registry:", StringComparison.Ordinal))
            .ToDictionary();

    private async Task<AgentServiceHost> StartAsync(string? key = null, bool wait = true)
    {
        var service = await AgentServiceHost.StartAsync(before: builder => _redis.Configure(builder, "agent-service", key ?? _key));
        if (wait)
        {
            await ReadyAsync(service);
        }

        return service;
    }

    private static Task ReadyAsync(AgentServiceHost service) => Replica.UntilAsync(async () => (await ReadAsync(service)).Status == 200);

    private static async Task<(int Status, string? Reason)> ReadAsync(AgentServiceHost service)
    {
        var answer = await service.SendAsync(HttpMethod.Get, "/agents", Reader);
        return (answer.Status, answer.Reason);
    }

    private static async Task<int> SetAsync(AgentServiceHost service, string agent, bool enabled) =>
        (await service.SendAsync(HttpMethod.Put, $"/agents/{agent}/state", AgentServiceHost.Administrator, new { enabled })).Status;

    private static async Task<bool> IsEnabledAsync(AgentServiceHost service, string agent) =>
        (await service.SendAsync(HttpMethod.Get, $"/agents/{agent}", Reader)).Body.GetProperty("enabled").GetBoolean();

    private static Task UntilAsync(AgentServiceHost service, string agent, bool enabled) =>
        Replica.UntilAsync(async () => await IsEnabledAsync(service, agent) == enabled);
}
