using System.Net.Http.Headers;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.Gateway.ApiDescription;

internal static class PublicApiExtensions
{
    public static WebApplicationBuilder AddPublicApi(this WebApplicationBuilder builder)
    {
        builder.AddAccessDescription();
        builder.Services.AddHttpClient<ServiceDescriptions>(client =>
            {
                client.Timeout = ServiceDescriptions.Timeout;
                client.MaxResponseContentBufferSize = ServiceDescriptions.MaxDescriptionBytes;
                client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            })
            .UseSocketsHttpHandler((handler, _) => ConnectionSettings.Apply(handler))
            .RemoveAllLoggers();
        builder.Services.AddSingleton<PublicApiDocument>();
        return builder;
    }

    public static void MapPublicApi(this WebApplication app) =>
        app.MapGet(ApiDescriptionExtensions.Path, async (PublicApiDocument document, CancellationToken cancellationToken) =>
            Results.Bytes(await document.GetAsync(cancellationToken), "application/json")).ExcludeFromDescription().AllowAnonymous();
}
