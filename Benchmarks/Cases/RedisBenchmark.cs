using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Redis;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.Tests.Framework.Redis;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>The benefit of Redis behind the caches: one exchange from this process, from Redis, and from the
/// provider; and the cost of a frozen Redis for requests that do not need it.</summary>
internal sealed class RedisBenchmark : IBenchmark
{
    private const int PerSecond = 200;
    private const int OwnPerBatch = 2_000;
    private const int SharedPerBatch = 200;
    private const int UncachedPerBatch = 20;
    private const int Running = 0;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly ExchangePlan Plan = ExchangePlan.For("document-service", "documents:read");

    public string Name => "redis";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        if (!RedisServer.IsInstalled)
        {
            report.Line("redis: skipped, because redis-server is not installed");
            return;
        }

        await using var redis = await RedisServer.StartAsync(open: true);
        report.Heading("one token exchange, by source");
        await ExchangeAsync(redis, report, cancellationToken);
        report.Heading("delegated access, everything cached, with Redis running and frozen");
        await FrozenAsync(redis, report, effort, cancellationToken);
    }

    private static async Task ExchangeAsync(RedisServer redis, Report report, CancellationToken cancellationToken)
    {
        await using var provider = await RealSystem.StartAsync([Service.Identity], new Dictionary<string, string>(), cancellationToken);
        await using var service = await InProcessService.StartAsync(provider, cancellationToken, redis.Address);
        await UntilAsync(() => Task.FromResult(service.Services.GetRequiredService<RedisConnection>().IsUp), cancellationToken);
        var token = await provider.ExchangeAsync(
            "gateway", await provider.SignInAsync("alice", cancellationToken), "user-service", cancellationToken);
        var alice = await service.AuthenticateAsync($"Bearer {token}");
        var (shared, alone) = (service.Services.GetRequiredService<SharedExchanges>(), new SharedExchanges(TimeProvider.System));
        var warm = NewExchanger(service, shared);

        var own = await Micro.MeasureAsync(() => AskAsync(warm), OwnPerBatch);
        // A new exchanger has an empty first level, and one without Redis has no second level.
        var second = await Micro.MeasureAsync(() => AskAsync(NewExchanger(service, shared)), SharedPerBatch);
        var calls = provider.Exchanges;
        await AskAsync(NewExchanger(service, shared));
        if (provider.Exchanges != calls)
        {
            throw new InvalidOperationException("The token came from the provider instead of Redis.");
        }
        var uncached = await Micro.MeasureAsync(() => AskAsync(NewExchanger(service, alone)), UncachedPerBatch);
        report.Table(
            ["", "µs", "of the provider's", "of Redis'", "bytes allocated"],
            new[] { ("this process", own), ("Redis", second), ("provider (DevIdentity)", uncached) }.Select(row => new[]
            {
                row.Item1,
                Report.Number(row.Item2.Microseconds, "0.0"),
                Report.Number(row.Item2.Microseconds / uncached.Microseconds, "0.0000"),
                Report.Number(row.Item2.Microseconds / second.Microseconds, "0.000"),
                Report.Number(row.Item2.Bytes, "0"),
            }));

        async ValueTask AskAsync(TokenExchanger exchanger)
        {
            if (await exchanger.ExchangeAsync(alice, Plan, cancellationToken) is ExchangeResult.Refused refused)
            {
                throw new InvalidOperationException($"The exchange was refused: {refused.Reason} {refused.OAuthErrorDescription}");
            }
        }
    }

    private static async Task FrozenAsync(RedisServer redis, Report report, Effort effort, CancellationToken cancellationToken)
    {
        await using var system = await RealSystem.StartAsync(
            RealSystem.Chain, new Dictionary<string, string>(), cancellationToken, redis.Address);
        using var running = Requests.Delegated("Redis running", system.Address(Service.Gateway));
        using var frozen = Requests.Delegated("Redis frozen (SIGSTOP)", system.Address(Service.Gateway));
        Target[] targets = [running, frozen];
        var rounds = new Rounds(targets, async cancel => running.Token = frozen.Token = await system.SignInAsync("alice", cancel));
        await UntilUpAsync(system, cancellationToken);
        await rounds.WarmUpAsync(cancellationToken);
        var latency = await rounds.MeasureAsync(effort.Rounds, MeasureAsync, cancellationToken);
        report.Table(
            [$"{PerSecond} a second", "p50 ms", "of running", "p99 ms", "of running"],
            targets.Select((target, index) => new[]
            {
                target.Name,
                Report.Number(latency.Percentile(index, 0.5)),
                Report.Number(latency.Ratio(index, Running, sample => sample.Percentile(0.5))),
                Report.Number(latency.Percentile(index, 0.99)),
                Report.Number(latency.Ratio(index, Running, sample => sample.Percentile(0.99))),
            }));

        async Task<Sample> MeasureAsync(Target target)
        {
            if (target == frozen)
            {
                await redis.FreezeAsync();
            }

            var sample = await FixedRate.RunAsync(target, PerSecond, effort.Duration, cancellationToken);
            if (target == frozen)
            {
                await redis.ThawAsync();
                await UntilUpAsync(system, cancellationToken);
            }

            return sample;
        }
    }

    private static Task UntilUpAsync(RealSystem system, CancellationToken cancellationToken) => UntilAsync(
        async () =>
        {
            var states = await Task.WhenAll(RealSystem.Chain.Where(service => service != Service.Identity)
                .Select(service => system.HealthAsync(service, cancellationToken)));
            return states.All(health => health.GetProperty("peers").GetProperty("redis").GetString() == "healthy");
        },
        cancellationToken);

    private static async Task UntilAsync(Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        while (!await isSo())
        {
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static TokenExchanger NewExchanger(InProcessService service, SharedExchanges shared)
    {
        var services = service.Services;
        return new TokenExchanger(
            new ExchangeCaches(new ExchangeCache(TimeProvider.System), shared),
            services.GetRequiredService<IdentityProviderClient>(),
            services.GetRequiredService<TokenLifecycle>(),
            services.GetRequiredService<IOptions<IdentityOptions>>(),
            NullLogger<TokenExchanger>.Instance);
    }
}
