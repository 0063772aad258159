using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.Dashboard.TryIt;

internal static class TryItExtensions
{
    public static WebApplicationBuilder AddTryIt(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<GatewayClient>("gateway");
        builder.Services.AddSingleton<ChoiceCache>();
        builder.Services.AddScoped<Choices>();
        builder.Services.AddHostedService<EntrySpans>();
        return builder;
    }
}
