using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Builds the exporters of spans, metrics and log records: one batch per endpoint and signal.</summary>
internal sealed class TelemetryPipeline(IConfiguration configuration, string applicationName, string version)
{
    private const int BatchSize = 512;
    private const int ExportTimeoutMilliseconds = 10_000;

    // The queue must hold a burst of a saturated service while one batch is exported: drops are counted, and should never happen.
    private const int QueueSize = 32_768;

    private static readonly string[] FrameworkMeters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.Authorization", "System.Net.Http", "System.Runtime",
        SpanLosses.SdkMeter,
    ];

    private readonly IReadOnlyList<OtlpEndpoint> _endpoints = OtlpEndpoint.From(configuration);

    internal string ServiceName { get; } = configuration["OTEL_SERVICE_NAME"] ?? applicationName;

    internal string Instance { get; } = Guid.NewGuid().ToString();

    /// <summary>OTEL_SDK_DISABLED: no spans, metrics or logs are collected; trace context is still propagated.</summary>
    internal bool Enabled { get; } = !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);

    internal TracerProvider Traces(IEnumerable<TelemetrySource> sources)
    {
        var builder = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource())
            .SetSampler(new RequestSampler())
            .AddSource("Microsoft.AspNetCore", "System.Net.Http", TelemetryNames.Scope)
            .AddSource([.. sources.Select(source => source.Name)])
            .AddProcessor(new ExpectedDenials(configuration))
            .AddProcessor(new SpanRedaction())
            // The exporters read the attribute limits from it.
            .ConfigureServices(services => services.AddSingleton(configuration));
        var delay = Milliseconds("OTEL_BSP_SCHEDULE_DELAY", 5_000);
        foreach (var endpoint in _endpoints)
        {
            builder.AddOtlpExporter(options =>
            {
                endpoint.Apply(options, "traces");
                options.BatchExportProcessorOptions = Batches<Activity>(new BatchExportActivityProcessorOptions(), delay);
            });
        }
        return builder.Build();
    }

    internal MeterProvider Metrics(IEnumerable<TelemetrySource> sources)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter(FrameworkMeters)
            .AddMeter([TelemetryNames.Scope, .. sources.Select(source => source.Name)]);
        var interval = Milliseconds("OTEL_METRIC_EXPORT_INTERVAL", 60_000);
        foreach (var endpoint in _endpoints)
        {
            builder.AddReader(new PeriodicExportingMetricReader(
                new OtlpMetricExporter(endpoint.OptionsFor("metrics")), interval, ExportTimeoutMilliseconds));
        }
        return builder.Build();
    }

    internal void ConfigureLogs(OpenTelemetryLoggerOptions logs)
    {
        logs.SetResourceBuilder(Resource());
        logs.IncludeFormattedMessage = true;
        logs.AddProcessor(new LogRedaction());
        var delay = Milliseconds("OTEL_BLRP_SCHEDULE_DELAY", 1_000);
        foreach (var endpoint in _endpoints)
        {
            logs.AddOtlpExporter((options, processor) =>
            {
                endpoint.Apply(options, "logs");
                Batches(processor.BatchExportProcessorOptions, delay);
            });
        }
    }

    private static BatchExportProcessorOptions<T> Batches<T>(BatchExportProcessorOptions<T> options, int delay)
        where T : class
    {
        options.MaxQueueSize = QueueSize;
        options.MaxExportBatchSize = BatchSize;
        options.ScheduledDelayMilliseconds = delay;
        options.ExporterTimeoutMilliseconds = ExportTimeoutMilliseconds;
        return options;
    }

    private ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddTelemetrySdk()
        .AddService(ServiceName, serviceVersion: version, serviceInstanceId: Instance)
        .AddEnvironmentVariableDetector();

    private int Milliseconds(string name, int otherwise)
    {
        if (configuration[name] is not { Length: > 0 } value)
        {
            return otherwise;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0
            ? milliseconds
            : throw new InvalidOperationException($"{name} must be a positive number of milliseconds.");
    }
}
