using System.Diagnostics;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;
using TraceDemo.Benchmarks.Systems;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>How many spans a second the Dashboard ingests, and the cost of one. The batches
/// are created in advance by the exporter that the services use.</summary>
internal sealed class IngestBenchmark : IBenchmark
{
    private const int Senders = 4;
    private const int Batches = 200;

    public string Name => "ingest";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        report.Heading("the Dashboard's receiver");
        await using var system = await RealSystem.StartAsync(
            [Service.Identity, Service.Dashboard], new Dictionary<string, string>(), cancellationToken);
        using var http = new HttpClient { BaseAddress = system.OtlpAddress };
        http.DefaultRequestHeaders.Add("x-otlp-api-key", system.Secrets.OtlpKey(SpanBatches.Service));
        await SendAsync(http, SpanBatches.Make(Batches), cancellationToken);
        var runs = new List<(double PerSecond, double Microseconds)>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            var batches = SpanBatches.Make(Batches);
            var used = system.ProcessorTime(Service.Dashboard);
            var began = Stopwatch.GetTimestamp();
            await SendAsync(http, batches, cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(began);
            var spans = Batches * SpanBatches.Size;
            runs.Add((spans / elapsed.TotalSeconds, (system.ProcessorTime(Service.Dashboard) - used).TotalMicroseconds / spans));
        }

        report.Table(
            ["", "spans/s", "µs of processor time per span"],
            [[$"batches of {SpanBatches.Size} spans, {Senders} senders", Report.Number(Median.Of(runs.Select(run => run.PerSecond)), "0"),
                Report.Number(Median.Of(runs.Select(run => run.Microseconds)), "0.0")]]);
    }

    private static Task SendAsync(HttpClient http, IReadOnlyList<byte[]> batches, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = cancellationToken },
            async (batch, cancel) =>
        {
            using var content = new ByteArrayContent(batch) { Headers = { ContentType = new("application/x-protobuf") } };
            using var response = await http.PostAsync("/v1/traces", content, cancel);
            response.EnsureSuccessStatusCode();
            // An empty response means that nothing was rejected (OTLP, "Full Success").
            if ((await response.Content.ReadAsByteArrayAsync(cancel)).Length > 0)
            {
                throw new InvalidOperationException("The Dashboard rejected spans.");
            }
        });
}
