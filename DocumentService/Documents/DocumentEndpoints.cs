using Microsoft.Net.Http.Headers;
using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.DocumentService.Documents;

internal static class DocumentEndpoints
{
    /// <param name="builder">The application.</param>
    /// <param name="departments">Returns the departments that a document's metadata may name.</param>
    public static WebApplicationBuilder AddDocuments(
        this WebApplicationBuilder builder, Func<IServiceProvider, IReadOnlySet<string>> departments)
    {
        builder.Services.AddOptionsWithValidateOnStart<DocumentsOptions, DocumentsOptionsValidator>()
            .BindConfiguration(DocumentsOptions.Section);
        builder.Services.AddSingleton<DocumentFolder>();
        builder.Services.AddSingleton(services => new DocumentFile(departments(services)));
        builder.Services.AddSingleton<DocumentStore>();
        builder.Services.AddHostedService<DocumentWatcher>();
        return builder;
    }

    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        var readers = Callers.Person("gateway").WithScope("documents:read");
        app.MapGet("/documents", (DocumentStore store) => Tagged(store.All.Select(DocumentSummary.Of), store.ETag)).Accept(readers)
            .WithSummary("All documents: titles and classification, never content.").Produces<DocumentSummary[]>();
        app.MapGet("/documents/{id}", One).Accept(readers)
            .WithSummary("One document: title and classification, never content.").Produces<DocumentSummary>()
            .Refuses(AccessReasons.DocumentNotFound);
    }

    /// <summary>As in the list; only <c>POST /access</c> releases content.</summary>
    private static IResult One(DocumentId id, DocumentStore store) =>
        store.Find(id) is { } document ? Tagged(DocumentSummary.Of(document), document.ETag) : Rejection.NotFound.ToResult();

    /// <summary>The framework answers 304 if the client has this version (RFC 9110 §13.1.2).</summary>
    private static IResult Tagged<T>(T value, string etag) =>
        Results.Bytes(ReadableJson.Serialize(value), "application/json", entityTag: new EntityTagHeaderValue(etag));
}
