using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>One exchange, including its span: at the provider (DevIdentity), from the
/// cache, and by a hundred concurrent requests.</summary>
internal sealed class ExchangeBenchmark : IBenchmark
{
    private const int Crowd = 100;
    private const int CachedPerBatch = 2_000;
    private const int UncachedPerBatch = 20;
    private static readonly ExchangePlan Plan = ExchangePlan.For("document-service", "documents:read");

    public string Name => "exchange";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        report.Heading("one token exchange");
        await using var provider = await RealSystem.StartAsync([Service.Identity], new Dictionary<string, string>(), cancellationToken);
        await using var service = await InProcessService.StartAsync(provider, cancellationToken);
        var token = await provider.ExchangeAsync(
            "gateway", await provider.SignInAsync("alice", cancellationToken), "user-service", cancellationToken);
        var alice = await service.AuthenticateAsync($"Bearer {token}");
        var exchanger = NewExchanger(service);

        var cached = await Micro.MeasureAsync(async () => await ExchangeAsync(exchanger, alice, cancellationToken), CachedPerBatch);
        // A new exchanger has an empty cache.
        var uncached = await Micro.MeasureAsync(
            async () => await ExchangeAsync(NewExchanger(service), alice, cancellationToken), UncachedPerBatch);
        report.Table(
            ["", "µs", "of uncached", "bytes allocated"],
            [Row("uncached", uncached, uncached), Row("cached", cached, uncached)]);

        var together = await CrowdAsync(provider, effort.Rounds, () => Enumerable.Repeat(NewExchanger(service), Crowd),
            one => ExchangeAsync(one, alice, cancellationToken));
        var alone = await CrowdAsync(
            provider, effort.Rounds, () => Enumerable.Range(0, Crowd).Select(_ => NewExchanger(service)),
            one => ExchangeAsync(one, alice, cancellationToken));
        report.Table(
            [$"{Crowd} concurrent, uncached", "ms until all complete", "calls to the provider"],
            [["without single-flight", Report.Number(alone.Milliseconds), Report.Number(alone.Calls, "0")],
                ["single-flight", Report.Number(together.Milliseconds), Report.Number(together.Calls, "0")]]);
    }

    private static async Task<(double Milliseconds, double Calls)> CrowdAsync(
        RealSystem provider, int rounds, Func<IEnumerable<ITokenExchanger>> crowd, Func<ITokenExchanger, Task> exchange)
    {
        var runs = new List<(double Milliseconds, double Calls)>();
        for (var round = 0; round < rounds; round++)
        {
            var exchangers = crowd().ToArray();
            var calls = provider.Exchanges;
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(exchangers.Select(exchanger => Task.Run(() => exchange(exchanger))));
            runs.Add((Stopwatch.GetElapsedTime(began).TotalMilliseconds, provider.Exchanges - calls));
        }

        return (Median.Of(runs.Select(run => run.Milliseconds)), Median.Of(runs.Select(run => run.Calls)));
    }

    private static async Task ExchangeAsync(ITokenExchanger exchanger, Caller subject, CancellationToken cancellationToken)
    {
        if (await exchanger.ExchangeAsync(subject, Plan, cancellationToken) is ExchangeResult.Refused refused)
        {
            throw new InvalidOperationException($"The exchange was refused: {refused.Reason} {refused.OAuthErrorDescription}");
        }
    }

    private static TokenExchanger NewExchanger(InProcessService service)
    {
        var services = service.Services;
        return new TokenExchanger(
            new ExchangeCaches(new ExchangeCache(TimeProvider.System), services.GetRequiredService<SharedExchanges>()),
            services.GetRequiredService<IdentityProviderClient>(),
            services.GetRequiredService<TokenLifecycle>(),
            services.GetRequiredService<IOptions<IdentityOptions>>(),
            NullLogger<TokenExchanger>.Instance);
    }

    private static string[] Row(string name, Micro cost, Micro baseline) =>
        [name, Report.Number(cost.Microseconds, "0.0"), Report.Number(cost.Microseconds / baseline.Microseconds, "0.000"),
            Report.Number(cost.Bytes, "0")];
}
