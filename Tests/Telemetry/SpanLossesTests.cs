using System.Diagnostics;
using OpenTelemetry;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Telemetry;

/// <summary>The SDK's metric is the process's, so that other tests' spans count here too: hence "at least".</summary>
public sealed class SpanLossesTests
{
    [Fact]
    public void Spans_dropped_at_a_full_queue_and_spans_exported_are_counted()
    {
        using var losses = new SpanLosses();
        using var exporter = new HeldExporter();
        using (var processor = new BatchActivityExportProcessor(
            exporter, maxQueueSize: 2, scheduledDelayMilliseconds: 1, exporterTimeoutMilliseconds: 1_000, maxExportBatchSize: 1))
        {
            End(processor);
            exporter.Held.Wait(TestContext.Current.CancellationToken);
            for (var span = 0; span < 10; span++)
            {
                End(processor);
            }

            Assert.InRange(losses.Dropped, 8, long.MaxValue);
            exporter.Release.Set();
            Assert.True(processor.Shutdown());
        }

        Assert.InRange(losses.Exported, 2, long.MaxValue);
        Assert.InRange(losses.Exported + losses.Dropped, 11, long.MaxValue);
    }

    private static void End(BatchActivityExportProcessor processor) =>
        processor.OnEnd(new Activity("span") { ActivityTraceFlags = ActivityTraceFlags.Recorded });

    private sealed class HeldExporter : BaseExporter<Activity>
    {
        public ManualResetEventSlim Held { get; } = new();

        public ManualResetEventSlim Release { get; } = new();

        public override ExportResult Export(in Batch<Activity> batch)
        {
            Held.Set();
            Release.Wait();
            return ExportResult.Success;
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            Held.Dispose();
            Release.Dispose();
        }
    }
}
