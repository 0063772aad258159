using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Adds telemetry to a service.</summary>
public static class TelemetryExtensions
{
    /// <summary>
    /// Exports spans, metrics and logs by OTLP to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and <c>Dashboard__OtlpEndpoint</c>; adds full server
    /// spans, the response header <c>Trace-Id</c>, and pseudonyms. Without an endpoint nothing leaves the process.
    /// </summary>
    /// <exception cref="InvalidOperationException">An OTLP setting is malformed.</exception>
    /// <remarks>Startup fails (<see cref="OptionsValidationException"/>) without a key for pseudonyms, outside Development.</remarks>
    public static TBuilder AddTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        // The server span's creation-time attributes; the sampler needs url.path. Read once, when the server is built.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

        TelemetryLimits.AddTo(builder.Configuration);
        var services = builder.Services;
        var pipeline = new TelemetryPipeline(builder.Configuration, builder.Environment.ApplicationName, Version());
        // Read before the container exists: clients created without a factory use the propagator, too.
        var options = builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>();
        builder.AddPropagation(options is { Sw8: true } ? new Sw8Writer(pipeline.ServiceName, pipeline.Instance) : null);
        services.AddSingleton(pipeline);
        services.AddSingleton<SpanLosses>();
        services.AddHostedService<TelemetryHost>();
        services.AddSingleton<IStartupFilter, ServerSpans>();
        AddPseudonyms(builder);

        // Spans replace one log line per request.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Yarp", LogLevel.Warning)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        if (pipeline.Enabled)
        {
            builder.Logging.AddOpenTelemetry(pipeline.ConfigureLogs);
        }

        return builder;
    }

    private static void AddPseudonyms(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<TelemetryOptions>, TelemetryOptionsDefaults>());
        services.AddOptionsWithValidateOnStart<TelemetryOptions, TelemetryOptionsDefaults>().BindConfiguration(TelemetryOptions.Section);
        services.AddSingleton<Pseudonym>();
    }

    /// <summary>The program's, not this library's: <c>service.version</c> says which build of a service sent something.</summary>
    private static string Version() =>
        (Assembly.GetEntryAssembly() ?? typeof(TelemetryExtensions).Assembly)
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
