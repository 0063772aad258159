using Microsoft.Net.Http.Headers;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Access;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

internal static class DocumentEndpoints
{
    /// <summary>Why a change is refused, beside the policy's own reasons.</summary>
    private static readonly ReasonCode[] Changes =
    [
        AccessReasons.DocumentNotFound, AccessReasons.DocumentUnclassified, AccessReasons.DepartmentRequired, ReasonCode.PreconditionFailed,
        ReasonCode.PreconditionRequired,
    ];

    public static WebApplicationBuilder AddDocuments(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DocumentsOptions>().BindConfiguration(DocumentsOptions.Section)
            .Validate(options => options.RescanInterval >= TimeSpan.FromSeconds(1), "Documents:RescanInterval must be at least one second.")
            .ValidateOnStart();
        builder.Services.AddSingleton<DocumentFolder>();
        builder.Services.AddSingleton<DocumentStore>();
        builder.Services.AddSingleton<DocumentChanges>();
        builder.Services.AddHostedService<DocumentWatcher>();
        return builder;
    }

    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        var readers = Callers.Person("gateway").WithScope("documents:read");
        var editors = Callers.Person("gateway").WithScope("documents:write").InGroup(Departments.Admin);
        app.MapGet("/documents", (DocumentStore store) => Tagged(store.All.Select(DocumentSummary.Of), store.ETag)).Accept(readers)
            .WithSummary("All documents: titles and classification, never content.").Produces<DocumentSummary[]>();
        app.MapGet("/documents/{id}", One).Accept(readers)
            .WithSummary("One document: title and classification, never content.").Produces<DocumentSummary>()
            .Refuses(AccessReasons.DocumentNotFound);
        app.MapPut("/documents/{id}", (DocumentId id, AuditedRequest audited, HttpContext context, DocumentChanges changes) =>
            changes.PutAsync(id, audited, context)).Accept(editors).Audited()
            .WithSummary("Replaces a document, or creates one.").TakesText("text/markdown")
            .Produces<DocumentSummary>().Produces<DocumentSummary>(StatusCodes.Status201Created).Refuses(Changes);
        app.MapDelete("/documents/{id}", (DocumentId id, AuditedRequest audited, HttpContext context, DocumentChanges changes) =>
            changes.DeleteAsync(id, audited, context)).Accept(editors).Audited()
            .WithSummary("Deletes a document.").Produces(StatusCodes.Status204NoContent).Refuses(Changes);
    }

    /// <summary>As the list shows it; content is released by <c>POST /access</c> alone.</summary>
    private static IResult One(DocumentId id, DocumentStore store) =>
        store.Find(id) is { } document ? Tagged(DocumentSummary.Of(document), document.ETag) : OutcomeAnswer.NotFound();

    /// <summary>The framework answers 304 where the reader has it already (RFC 9110 §13.1.2).</summary>
    private static IResult Tagged<T>(T value, string etag) =>
        Results.Bytes(ReadableJson.Serialize(value), "application/json", entityTag: new EntityTagHeaderValue(etag));
}
