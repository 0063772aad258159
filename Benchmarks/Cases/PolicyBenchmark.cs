using TraceDemo.Benchmarks.Bare;
using TraceDemo.Benchmarks.Load;
using TraceDemo.Benchmarks.Reporting;

namespace TraceDemo.Benchmarks.Cases;

/// <summary>One policy decision: all eight rules, the intersection, and the complete decision record.</summary>
internal sealed class PolicyBenchmark : IBenchmark
{
    private const int PerBatch = 100_000;

    public string Name => "policy";

    public async Task RunAsync(Report report, Effort effort, CancellationToken cancellationToken)
    {
        report.Heading("one policy decision");
        var rows = new List<string[]>();
        foreach (var (name, document)
            in new[] { ("alice with gpt4, DOC-005: allowed", "DOC-005"), ("alice with gpt4, DOC-006: denied", "DOC-006") })
        {
            var facts = ShippedPolicy.AliceWithGpt4(ShippedPolicy.Document(document));
            var cost = await Micro.MeasureAsync(
                () =>
                {
                    GC.KeepAlive(ShippedPolicy.Policy.Decide(facts));
                    return ValueTask.CompletedTask;
                },
                PerBatch);
            rows.Add([name, Report.Number(cost.Microseconds * 1000, "0"), Report.Number(cost.Bytes, "0")]);
        }

        report.Table(["", "ns", "bytes allocated"], rows);
    }
}
