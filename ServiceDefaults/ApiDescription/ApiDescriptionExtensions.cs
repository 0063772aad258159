using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>Describes a service's endpoints with OpenAPI, from their own metadata.</summary>
public static class ApiDescriptionExtensions
{
    /// <summary>The path of each service's description; at the gateway, that of the public API.</summary>
    public const string Path = MalformedRequest.DescriptionPath;

    /// <summary>Adds the description, which is generated on first request.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="reasons">The application's own reasons, in addition to those of ServiceDefaults.</param>
    /// <param name="schemas">Describes types whose JSON is written by a converter of the application.</param>
    public static WebApplicationBuilder AddApiDescription(
        this WebApplicationBuilder builder, IEnumerable<ReasonCode> reasons, params IOpenApiSchemaTransformer[] schemas)
    {
        builder.Services.AddSingleton(new KnownReasons([.. ReasonCode.All, .. reasons]));
        builder.Services.AddOpenApi(ApiDocument.Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddSchemaTransformer<VocabularySchemas>();
            foreach (var schema in schemas)
            {
                options.AddSchemaTransformer(schema);
            }

            options.AddOperationTransformer<SecuredOperations>();
            options.AddDocumentTransformer((document, _, _) =>
            {
                // The description omits the server address: it would repeat whatever the sender put into Host.
                document.Servers = null;
                document.Info = new OpenApiInfo { Title = builder.Environment.ApplicationName, Version = ApiDocument.Name };
                return Task.CompletedTask;
            });
        });
        builder.Services.AddSingleton(services => new ApiDocument(
            services.GetRequiredKeyedService<IOpenApiDocumentProvider>(ApiDocument.Name), services.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>Serves the description without authentication: it describes the code and contains no data.</summary>
    /// <param name="app">The application.</param>
    public static IEndpointConventionBuilder MapApiDescription(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, async (ApiDocument document, CancellationToken cancellationToken) =>
            Results.Bytes(await document.GetAsync(cancellationToken), "application/json")).ExcludeFromDescription().AllowAnonymous();

    /// <summary>
    /// Describes a text body. The framework's own <c>Accepts</c> would let routing reject other media types before the endpoint,
    /// which records rejections, is called.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="mediaType">The media type that the endpoint accepts.</param>
    public static RouteHandlerBuilder TakesText(this RouteHandlerBuilder endpoint, string mediaType) => endpoint
        .Refuses(SecuredOperations.OfBodies)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [mediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            };
            return Task.CompletedTask;
        });

    /// <summary>Adds the reasons for which an endpoint itself rejects requests, besides those of its callers and its body.</summary>
    /// <param name="endpoint">An endpoint or a group.</param>
    /// <param name="reasons">The reasons; their statuses are described.</param>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params ReasonCode[] reasons)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RefusalReasons(reasons));
}
