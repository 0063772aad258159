using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>The complete work of the bearer scheme for one request, including its span: with a new and with a known token.</summary>
internal sealed class ValidationBenchmark : IBenchmark
{
    private const int PerBatch = 2_000;

    public string Name => "validation";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        report.Heading("validation of one access token (RS256, 2048 bits)");
        await using var provider = await RealSystem.StartAsync([Service.Identity], new Dictionary<string, string>(), cancellationToken);
        await using var service = await InProcessService.StartAsync(provider, cancellationToken);
        var token = await provider.ExchangeAsync(
            "gateway", await provider.SignInAsync("alice", cancellationToken), "user-service", cancellationToken);
        var header = $"Bearer {token}";
        var validated = service.Services.GetRequiredService<ValidatedTokens>();

        var warm = await Micro.MeasureAsync(async () => await service.AuthenticateAsync(header), PerBatch);
        var cold = await Micro.MeasureAsync(
            async () =>
            {
                validated.Clear();
                await service.AuthenticateAsync(header);
            },
            PerBatch / 10);
        report.Table(
            ["", "µs", "of cold", "bytes allocated"],
            [Row("cold", cold, cold), Row("warm", warm, cold)]);
    }

    private static string[] Row(string name, Micro cost, Micro baseline) =>
        [name, Report.Number(cost.Microseconds, "0.0"), Report.Number(cost.Microseconds / baseline.Microseconds),
            Report.Number(cost.Bytes, "0")];
}
