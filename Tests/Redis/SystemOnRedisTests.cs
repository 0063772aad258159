using System.Net;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Redis;

/// <summary>Real processes, two of some, on one real Redis.</summary>
public sealed class SystemOnRedisTests : IClassFixture<SystemOnRedis>
{
    private readonly SystemOnRedis _system;

    public SystemOnRedisTests(SystemOnRedis system)
    {
        Assert.SkipWhen(!RedisServer.IsInstalled, RedisServer.Missing);
        _system = system;
    }

    [Fact]
    public async Task Two_replicas_share_one_exchange()
    {
        // An exchange is shared once it is written, which nobody waits for, and once the other replica has found Redis.
        await Replica.UntilAsync(async () => await CacheOfSecondAsync() is ["redis", "redis"]);
    }

    /// <summary>Where gateway and user-service had an exchange from when the first replicas had made it before.</summary>
    private async Task<IReadOnlyList<object?>> CacheOfSecondAsync()
    {
        var token = await _system.SignInAsync("alice");
        Assert.Equal("department_match", (await _system.ReadAsync(_system.First, token, "DOC-001")).Reason);
        var answer = await _system.ReadAsync(_system.Second, token, "DOC-001");
        Assert.Equal("department_match", answer.Reason);

        var exchanges = await _system.Telemetry.Wait(
            telemetry =>
                telemetry.Spans.Where(span => span.TraceId == answer.TraceId && span.Name == "token_exchange")
                    .ToList() is { Count: 2 } both ? both : null,
            TestContext.Current.CancellationToken);
        Assert.Equal(["gateway", "user-service"], exchanges.Select(span => span.Service).Order(StringComparer.Ordinal));
        return [.. exchanges.Select(span => span.Attributes["exchange.cache"])];
    }

    [Fact]
    public async Task An_agent_that_is_disabled_at_one_agent_service_is_refused_by_the_other()
    {
        var (bob, alice) = (await _system.SignInAsync("bob"), await _system.SignInAsync("alice"));
        await AllowedAsync();
        await SetAsync(false);
        try
        {
            await Replica.UntilAsync(async () => !(await IsEnabledAsync()));
            Assert.Equal("agent_disabled", (await _system.DelegateAsync(_system.Second, alice, "gpt4", "DOC-005")).Reason);
        }
        finally
        {
            await SetAsync(true);
        }

        await AllowedAsync();

        async Task AllowedAsync()
        {
            foreach (var way in new[] { _system.First, _system.Second })
            {
                await Replica.UntilAsync(
                    async () => (await _system.DelegateAsync(way, alice, "gpt4", "DOC-005")).Reason == "delegation_match");
            }
        }

        Task SetAsync(bool enabled) =>
            _system.SendAsync(HttpMethod.Put, $"{_system.First.Gateway}/api/agents/gpt4/state", bob, new { enabled });

        async Task<bool> IsEnabledAsync() =>
            (await _system.SendAsync(HttpMethod.Get, $"{_system.Second.Gateway}/api/agents/gpt4", bob)).GetProperty("enabled").GetBoolean();
    }

    [Fact]
    public async Task People_stay_signed_in_when_the_Dashboard_crashes()
    {
        using var alice = new Visitor(new Uri(_system.First.Dashboard));
        Assert.Equal(HttpStatusCode.OK, (await alice.SignInAsync("alice")).Status);
        await _system.CrashAsync("dashboard");

        Assert.Equal(HttpStatusCode.OK, (await alice.SendAsync(new HttpRequestMessage(HttpMethod.Get, alice.Home("/traces")))).Status);
        Assert.Equal("/signed-out", (await alice.SubmitAsync("/signout")).Address.AbsolutePath);
    }

    [Fact]
    public async Task Requests_continue_whatever_happens_to_Redis()
    {
        await _system.PlayAsync(_system.First);
        var processes = _system.Pids();

        await _system.Redis.FreezeAsync();
        await _system.PlayAsync(_system.First);
        await _system.PlayAsync(_system.Second);
        await _system.Redis.ThawAsync();
        await _system.PlayAsync(_system.First);

        await _system.Redis.KillAsync();
        await _system.PlayAsync(_system.Second);
        await _system.Redis.RestartAsync();
        await _system.PlayAsync(_system.First);

        await FillAsync();
        await _system.PlayAsync(_system.First);
        await _system.PlayAsync(_system.Second);
        Assert.Equal(processes, _system.Pids());

        // Rid of what is foreign; the services put back what is theirs when they are connected again.
        await _system.Redis.KillAsync();
        await _system.Redis.RestartAsync();
        await Replica.UntilAsync(
            async () => (await _system.Redis.Talk.ListAsync("KEYS", $"{_system.Plan.Redis!.Prefix}:dashboard:protection-keys")).Count == 1);
    }

    [Fact]
    public async Task A_services_user_cannot_read_what_another_service_keeps()
    {
        await _system.PlayAsync(_system.First);
        var key = (await _system.Redis.Talk.ListAsync("KEYS", $"{_system.Plan.Redis!.Prefix}:user-service:*"))[0];

        Assert.StartsWith("-NOPERM", await As("agent-service").TextAsync("GETRANGE", key, "0", "10"), StringComparison.Ordinal);
        Assert.StartsWith("-NOPERM", await As("agent-service").TextAsync("DEL", key), StringComparison.Ordinal);
    }

    private RedisTalk As(string service) =>
        new(_system.Redis.Port, _system.Plan.Redis!.User(service), _system.Plan.Secrets.RedisPassword(service));

    /// <summary>In every place that is in use something foreign, of this type and that, and on every channel a forged message.</summary>
    private async Task FillAsync()
    {
        await Replica.UntilAsync(async () => (await _system.Redis.Talk.ListAsync("KEYS", "*")).Count > 0);
        foreach (var (index, key) in (await _system.Redis.Talk.ListAsync("KEYS", "*")).Index())
        {
            await _system.Redis.Talk.AskAsync("DEL", key);
            await (index % 2 == 0
                ? _system.Redis.Talk.AskAsync("SET", key, new string('x', 200))
                : _system.Redis.Talk.AskAsync("LPUSH", key, "x"));
        }

        foreach (var (service, area) in from service
            in Service.Relying
                                        from area
                in new[] { "registry", "tickets", "ended", "protection-keys", "revocations" }
                                        select (service.Name, area))
        {
            await _system.Redis.Talk.AskAsync("PUBLISH", $"{_system.Plan.Redis!.Prefix}:{service}:{area}", "x");
        }
    }
}
