using Microsoft.Extensions.Options;

namespace TraceDemo.Dashboard.Receiver;

internal static class ReceiverExtensions
{
    public static void AddReceiver(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OtlpOptions>().BindConfiguration("Otlp").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<OtlpOptions>>(new OtlpOptionsValidator());
        builder.Services.AddSingleton<SenderKeys>();
        builder.Services.AddSingleton<IntakeCounters>();
        builder.Services.AddSingleton<ForwardQueue>();
        builder.Services.AddSingleton<MemoryBudget>();
        builder.Services.AddSingleton<OtlpConnections>();
        builder.Services.AddSingleton<OtlpEndpoints>();
        builder.Services.AddSingleton<OtlpListener>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OtlpListener>());
    }

    private sealed class OtlpOptionsValidator : IValidateOptions<OtlpOptions>
    {
        public ValidateOptionsResult Validate(string? name, OtlpOptions options) =>
            options.Errors().ToArray() is { Length: > 0 } errors ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
