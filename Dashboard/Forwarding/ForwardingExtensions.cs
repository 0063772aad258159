using TraceDemo.Dashboard.Receiver;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Forwarding;

internal static class ForwardingExtensions
{
    /// <summary>
    /// Forwards the traces of the senders in <c>Otlp:Forward</c> to this process' standard OTLP endpoint; off if either is missing. Add
    /// it before the receiver: hosted services stop in reverse order, so the receiver is closed while the last messages are sent.
    /// </summary>
    public static WebApplicationBuilder AddForwarding(this WebApplicationBuilder builder)
    {
        var isAnySenderNamed = builder.Configuration.GetSection($"{OtlpOptions.Section}:{nameof(OtlpOptions.Forward)}").GetChildren().Any();
        if (!isAnySenderNamed || OtlpEndpoint.Standard(builder.Configuration) is not { } endpoint)
        {
            return builder;
        }
        builder.Services.AddSingleton(_ => new OtlpTraceClient(endpoint));
        builder.Services.AddSingleton<TraceForwarder>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TraceForwarder>());
        return builder;
    }
}
