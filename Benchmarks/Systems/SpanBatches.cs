using System.Diagnostics;
using System.Net;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>OTLP requests as services send them, created in advance: traces of ten spans, each span with ten attributes.</summary>
internal static class SpanBatches
{
    public const string Service = "gateway";
    public const int Size = 500;
    private const int PerTrace = 10;
    private const int Attributes = 10;

    public static IReadOnlyList<byte[]> Make(int count)
    {
        using var source = new ActivitySource("TraceDemo.Benchmarks");
        using var kept = new KeepingHandler();
        var exporter = new OtlpTraceExporter(new OtlpExporterOptions
        {
            Protocol = OtlpExportProtocol.HttpProtobuf,
            HttpClientFactory = () => new HttpClient(kept, disposeHandler: false),
        });
        using var provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(Service))
            .AddSource(source.Name)
            .AddProcessor(new BatchActivityExportProcessor(
                exporter, maxQueueSize: 2 * Size, scheduledDelayMilliseconds: int.MaxValue, maxExportBatchSize: Size))
            .Build();
        for (var batch = 0; batch < count; batch++)
        {
            for (var trace = 0; trace < Size / PerTrace; trace++)
            {
                Trace(source, PerTrace);
            }

            provider.ForceFlush();
        }

        return kept.Bodies;
    }

    private static void Trace(ActivitySource source, int spans)
    {
        using var span = source.StartActivity("token_exchange", ActivityKind.Internal);
        for (var index = 0; index < Attributes; index++)
        {
            span?.SetTag($"attribute.{index}", index % 2 == 0 ? "some value of the usual length" : index);
        }

        if (spans > 1)
        {
            Trace(source, spans - 1);
        }
    }

    private sealed class KeepingHandler : HttpMessageHandler
    {
        public List<byte[]> Bodies { get; } = [];

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var body = new MemoryStream();
            request.Content!.CopyTo(body, context: null, cancellationToken);
            Bodies.Add(body.ToArray());
            return new HttpResponseMessage(HttpStatusCode.OK);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
