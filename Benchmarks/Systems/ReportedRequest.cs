using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>Spans of one request of a person as the services would report them, in any number.</summary>
internal sealed class ReportedRequest(Uri receiver, Func<string, string> keyOf)
{
    private const int MostOfGateway = 1_000;

    private static readonly string[] Services = ["gateway", "user-service", "agent-service", "document-service"];

    /// <returns>The id of the trace.</returns>
    public string Send(string person, int spansPerService)
    {
        var entry = default(ActivityContext);
        foreach (var service in Services)
        {
            // The gateway's own request is reported last, and must fit into the gateway's share.
            entry = Report(service, person, entry, entry == default ? Math.Min(spansPerService, MostOfGateway) : spansPerService);
        }

        return entry.TraceId.ToHexString();
    }

    /// <returns>The root span of all others.</returns>
    private ActivityContext Report(string service, string person, ActivityContext entry, int spans)
    {
        using var source = new ActivitySource("Microsoft.AspNetCore");
        using var provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(service))
            .AddSource(source.Name)
            .AddOtlpExporter(exporter =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = new Uri(receiver, "/v1/traces");
                exporter.Headers = $"x-otlp-api-key={keyOf(service)}";
                exporter.BatchExportProcessorOptions = new()
                {
                    MaxQueueSize = 2 * (spans + 1),
                    MaxExportBatchSize = Math.Min(spans + 1, 2000),
                    ScheduledDelayMilliseconds = int.MaxValue,
                };
            })
            .Build();
        using (var request = source.StartActivity("GET /api/users/me", ActivityKind.Server, entry))
        {
            request!.SetTag(TelemetryNames.Server.EnduserPseudoId, person);
            for (var index = 0; index < spans; index++)
            {
                using var work = source.StartActivity("work");
                work?.SetTag("attribute", "some value of the usual length");
            }

            entry = entry == default ? request.Context : entry;
        }

        return provider.ForceFlush() ? entry : throw new InvalidOperationException("The Dashboard did not accept the spans.");
    }
}
