namespace TraceDemo.Dashboard.Receiver;

internal static class ReceiverExtensions
{
    public static WebApplicationBuilder AddReceiver(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<OtlpOptions, OtlpOptionsValidator>().BindConfiguration(OtlpOptions.Section);
        builder.Services.AddSingleton<SenderKeys>();
        builder.Services.AddSingleton<IntakeCounters>();
        builder.Services.AddSingleton<ForwardQueue>();
        builder.Services.AddSingleton<MemoryBudget>();
        builder.Services.AddSingleton<OtlpConnections>();
        builder.Services.AddSingleton<OtlpEndpoints>();
        builder.Services.AddSingleton<OtlpListener>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OtlpListener>());
        return builder;
    }
}
