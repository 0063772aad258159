using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>Registers the sources of spans and meters of a component.</summary>
public static class TelemetrySourceExtensions
{
    /// <summary>Exports the spans of the activity source, and the metrics of the meter, of this name.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the source and of the meter.</param>
    public static TBuilder AddTelemetrySource<TBuilder>(this TBuilder builder, string name)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSingleton(new TelemetrySource(name));
        return builder;
    }
}
