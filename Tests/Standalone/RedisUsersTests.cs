using System.Diagnostics;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Plan;
using TraceDemo.Standalone.Processes;
using TraceDemo.Standalone.Redis;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Standalone;

/// <summary>What <c>--redis</c> does to the Redis it is given: its users are there
/// while the system is, and may do what services need.</summary>
public sealed class RedisUsersTests : IAsyncLifetime
{
    private static readonly Ports Moved = Ports.From(6000);

    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync(open: true);

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task A_services_user_has_access_to_its_own_keys_and_channels_only()
    {
        var plan = Plan(Moved);
        await using var users = new RedisUsers(plan);
        Assert.Null(await users.CreateAsync(TestContext.Current.CancellationToken));
        var agent = As(plan, "agent-service");

        Assert.Equal("OK", await agent.AskAsync("SET", "tracedemo-6000:agent-service:a:1", "x"));
        Assert.Equal("0", await agent.AskAsync("PUBLISH", "tracedemo-6000:agent-service:a", "x"));
        foreach (var foreign in new[] { "tracedemo-6000:user-service:a:1", "tracedemo-7000:agent-service:a:1",
            "tracedemo:agent-service:a:1", "other" })
        {
            Assert.StartsWith("-NOPERM", await agent.TextAsync("SET", foreign, "x"), StringComparison.Ordinal);
            Assert.StartsWith("-NOPERM", await agent.TextAsync("GETRANGE", foreign, "0", "1"), StringComparison.Ordinal);
            Assert.StartsWith("-NOPERM", await agent.TextAsync("PUBLISH", foreign, "x"), StringComparison.Ordinal);
        }

        foreach (var command in new[] { "KEYS *", "SCAN 0", "FLUSHALL", "CONFIG GET *", "ACL LIST", "CLIENT LIST", "SUBSCRIBE other",
            "PSUBSCRIBE *", "MONITOR", "EVAL x 0" })
        {
            Assert.StartsWith("-NOPERM", await agent.TextAsync(command.Split(' ')), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stopping_system_removes_its_own_users_only()
    {
        var other = new RedisUsers(Plan(Ports.From(7000)));
        await using (other)
        {
            Assert.Null(await other.CreateAsync(TestContext.Current.CancellationToken));
            await using (var users = new RedisUsers(Plan(Moved)))
            {
                Assert.Null(await users.CreateAsync(TestContext.Current.CancellationToken));
            }

            var left = await UsersAsync();
            Assert.DoesNotContain(left, name => name.StartsWith("tracedemo-6000-", StringComparison.Ordinal));
            Assert.Equal(Service.Relying.Count, left.Count(name => name.StartsWith("tracedemo-7000-", StringComparison.Ordinal)));
        }

        Assert.DoesNotContain(await UsersAsync(), name => name.StartsWith("tracedemo-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task State_is_kept_for_the_next_system_on_the_same_ports_and_that_of_a_temporary_one_is_deleted()
    {
        foreach (var share in new[] { RedisShare.With(_redis.Address, Moved, new Dictionary<string, string>()),
            RedisShare.Temporary(_redis.Address, Ports.From(7000))! })
        {
            await using var users = new RedisUsers(new SystemPlan(Repository.Root, share.Ports, new Secrets()) { Redis = share });
            Assert.Null(await users.CreateAsync(TestContext.Current.CancellationToken));
            await _redis.Talk.AskAsync("SET", $"{share.Prefix}:agent-service:registry:1", "x");
        }

        Assert.Equal(["tracedemo-6000:agent-service:registry:1"], await _redis.Talk.ListAsync("KEYS", "*"));
    }

    [Fact]
    public async Task A_Redis_that_was_restarted_gets_its_users_again()
    {
        var plan = Plan(Moved);
        await using var users = new RedisUsers(plan);
        Assert.Null(await users.CreateAsync(TestContext.Current.CancellationToken));

        await _redis.KillAsync();
        await _redis.RestartAsync();

        await Replica.UntilAsync(async () => (await UsersAsync()).Contains(plan.Redis!.User("gateway")));
        Assert.Equal("OK", await As(plan, "gateway").AskAsync("SET", "tracedemo-6000:gateway:a:1", "x"));
    }

    [Fact]
    public async Task Redis_never_receives_a_plain_text_password()
    {
        var plan = Plan(Moved);
        await using var users = new RedisUsers(plan);
        await users.CreateAsync(TestContext.Current.CancellationToken);

        var rules = await _redis.Talk.ListAsync("ACL", "LIST");
        Assert.Contains(rules, rule => rule.StartsWith("user tracedemo-6000-gateway on ", StringComparison.Ordinal));
        Assert.DoesNotContain(rules, rule => rule.Contains(plan.Secrets.RedisPassword("gateway"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Redis_that_is_unreachable_or_requires_a_password_prevents_startup_with_a_remedy()
    {
        await _redis.Talk.AskAsync("ACL", "SETUSER", "default", "resetpass", ">secret");
        var (locked, output) = await RunAsync();
        Assert.Equal((1, true), (locked, output.StartsWith($"The Redis at {_redis.Address} answers \"NOAUTH", StringComparison.Ordinal)));
        Assert.Contains("without a password", output, StringComparison.Ordinal);

        await _redis.KillAsync();
        var (gone, said) = await RunAsync();
        Assert.Equal((1, true),
            (gone, said.StartsWith($"Redis does not respond at {_redis.Address} (Connection refused). Start it there, or omit --redis",
                StringComparison.Ordinal)));
    }

    private async Task<IReadOnlyList<string>> UsersAsync() => await _redis.Talk.ListAsync("ACL", "USERS");

    private SystemPlan Plan(Ports ports) =>
        new(Repository.Root, ports, new Secrets()) { Redis = RedisShare.Temporary(_redis.Address, ports) };

    private RedisTalk As(SystemPlan plan, string service) =>
        new(_redis.Port, plan.Redis!.User(service), plan.Secrets.RedisPassword(service));

    private async Task<(int ExitCode, string Output)> RunAsync()
    {
        var ports = FreePorts.Next();
        string[] command = [DotnetHost.Self, "--port-base", $"{ports.Dashboard}", "--redis", _redis.Address];
        using var process = Process.Start(
            new ProcessStartInfo(DotnetHost.Executable, command) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.Delete(new InstanceFolder(Repository.Root, ports).SealingKeysFile);
        return (process.ExitCode, output);
    }
}
