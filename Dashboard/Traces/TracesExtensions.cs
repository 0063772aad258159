using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TraceDemo.Dashboard.Traces;

internal static class TracesExtensions
{
    public static WebApplicationBuilder AddTraces(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptionsWithValidateOnStart<TraceStoreOptions, TraceStoreOptionsValidator>()
            .BindConfiguration(TraceStoreOptions.Section);
        builder.Services.AddSingleton<TraceStore>();
        builder.Services.AddSingleton<TraceQuery>();
        return builder;
    }
}
