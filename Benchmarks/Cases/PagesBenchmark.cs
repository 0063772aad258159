using System.Diagnostics;
using System.Net;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>Latency of one person's pages while another floods the Dashboard with requests for its largest trace.</summary>
internal sealed class PagesBenchmark : IBenchmark
{
    private const int Clients = 32;
    private const int Small = 5;

    /// <summary>More than one sender's share of a trace.</summary>
    private const int Large = 10_000;

    public string Name => "pages";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        report.Heading($"a person's pages while another requests the largest trace, {Clients} at a time; target: 500 ms");
        await using var system = await RealSystem.StartAsync(
            [Service.Identity, Service.Dashboard], new Dictionary<string, string>(), cancellationToken);
        var reported = new ReportedRequest(system.OtlpAddress, system.Secrets.OtlpKey);
        var (large, small) = (reported.Send("alice", Large), reported.Send("carol", Small));
        using var alice = await BrowserSession.SignInAsync(system.Address(Service.Dashboard), "alice", cancellationToken);
        using var carol = await BrowserSession.SignInAsync(system.Address(Service.Dashboard), "carol", cancellationToken);
        await MeasureAsync(carol, small, effort, cancellationToken);

        var alone = await MeasureAsync(carol, small, effort, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var flood = Task.WhenAll(
            Enumerable.Range(0, Clients).Select(_ => Task.Run(() => FloodAsync(alice, large, end.Token), cancellationToken)));
        var flooded = await MeasureAsync(carol, small, effort, cancellationToken);
        await end.CancelAsync();
        var answers = await flood;
        report.Table(["", "pages", "p50 ms", "p99 ms", "slowest ms"], [Row("no other requests", alone), Row("during the flood", flooded)]);
        report.Line($"The flood: {answers.Sum(answer => answer.Pages)} pages, {answers.Sum(answer => answer.Refused)} with status 429.");
    }

    private static string[] Row(string name, Sample sample) =>
        [name, $"{sample.Count}", Report.Number(sample.Percentile(0.5)), Report.Number(sample.Percentile(0.99)),
            Report.Number(sample.Percentile(1))];

    /// <summary>The list and a trace of her own, alternating.</summary>
    private static async Task<Sample> MeasureAsync(BrowserSession person, string trace, Effort effort, CancellationToken cancellationToken)
    {
        var latencies = new List<long>();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < effort.Rounds * effort.Duration)
        {
            var sent = Stopwatch.GetTimestamp();
            var status = await person.GetAsync(latencies.Count % 2 == 0 ? $"/traces/{trace}" : "/traces", cancellationToken);
            latencies.Add(Stopwatch.GetTimestamp() - sent);
            if (status is not HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"A page returned status {(int)status}.");
            }
        }

        return new Sample(latencies, Stopwatch.GetElapsedTime(began));
    }

    private static async Task<(int Pages, int Refused)> FloodAsync(BrowserSession person, string trace, CancellationToken end)
    {
        var (pages, refused) = (0, 0);
        try
        {
            while (true)
            {
                var status = await person.GetAsync($"/traces/{trace}", end);
                if (status is HttpStatusCode.OK)
                {
                    pages++;
                }
                else if (status is HttpStatusCode.TooManyRequests)
                {
                    refused++;
                }
                else
                {
                    throw new InvalidOperationException($"A request of the flood returned status {(int)status}.");
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return (pages, refused);
        }
    }
}
