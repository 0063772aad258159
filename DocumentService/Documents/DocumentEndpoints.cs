using TraceDemo.DocumentService.Access;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

internal static class DocumentEndpoints
{
    /// <summary>Why a change is refused, beside the policy's own reasons.</summary>
    private static readonly ReasonCode[] Changes =
    [
        ReasonCode.DocumentNotFound, ReasonCode.DocumentUnclassified, ReasonCode.DepartmentRequired, ReasonCode.PreconditionFailed, ReasonCode.PreconditionRequired,
    ];

    public static WebApplicationBuilder AddDocuments(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DocumentsOptions>().BindConfiguration(DocumentsOptions.Section)
            .Validate(options => options.RescanInterval >= TimeSpan.FromSeconds(1), "Documents:RescanInterval must be at least one second.")
            .ValidateOnStart();
        builder.Services.AddSingleton<DocumentFolder>();
        builder.Services.AddSingleton<DocumentStore>();
        builder.Services.AddHostedService<DocumentWatcher>();
        return builder;
    }

    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        var readers = Callers.Person("gateway").WithScope("documents:read");
        var editors = Callers.Person("gateway").WithScope("documents:write").InGroup(ServiceDefaults.Vocabulary.Departments.Admin);
        app.MapGet("/documents", (DocumentStore store) => store.All.Select(DocumentSummary.Of)).Accept(readers)
            .WithSummary("All documents: titles and classification, never content.");
        app.MapPut("/documents/{id}", ReplaceAsync).Accept(editors)
            .WithSummary("Replaces a document.").Accepts<string>("text/markdown").Produces<DocumentSummary>()
            .Refuses(Changes);
        app.MapDelete("/documents/{id}", DeleteAsync).Accept(editors)
            .WithSummary("Deletes a document.").Produces(StatusCodes.Status204NoContent).Refuses(Changes);
    }

    private static Task<IResult> ReplaceAsync(DocumentId id, Caller caller, HttpContext context, AccessControl control, DocumentStore store) =>
        ChangeAsync(new AccessAttempt(caller, id, AccessAction.Write, null), context, control, async stored =>
        {
            var (content, problem) = await DocumentBody.ReadAsync(context.Request, store, id);
            return problem ?? await WriteAsync(store, stored, content, context);
        });

    private static Task<IResult> DeleteAsync(DocumentId id, Caller caller, HttpContext context, AccessControl control, DocumentStore store) =>
        ChangeAsync(new AccessAttempt(caller, id, AccessAction.Delete, null), context, control, stored => WriteAsync(store, stored, null, context));

    /// <summary>Nobody changes what he may not read: every rule on the stored version must allow first.</summary>
    private static async Task<IResult> ChangeAsync(AccessAttempt attempt, HttpContext context, AccessControl control, Func<Document, Task<IResult>> change)
    {
        var outcome = await control.DecideDirectAsync(attempt, context.RequestAborted);
        if (outcome is not AccessOutcome.Granted(var stored, _))
            return OutcomeAnswer.Of(outcome);
        return Precondition.Check(context.Request.Headers.IfMatch, stored.ETag) is { } reason ? Refused(reason) : await change(stored);
    }

    private static async Task<IResult> WriteAsync(DocumentStore store, Document stored, byte[]? content, HttpContext context)
    {
        if (await store.WriteAsync(stored, content, context.RequestAborted) == WriteOutcome.Changed)
            return Refused(ReasonCode.PreconditionFailed);
        if (content is null)
            return Results.NoContent();
        var written = store.Preview(stored.Id, content);
        context.Response.Headers.ETag = written.ETag;
        return Results.Ok(DocumentSummary.Of(written));
    }

    private static IResult Refused(ReasonCode reason) => Problem.Result(reason, reason.Status switch
    {
        StatusCodes.Status412PreconditionFailed => "The document has changed since you read it. Read the list again and repeat with the new etag.",
        StatusCodes.Status428PreconditionRequired => "Send If-Match with the document's etag from the list; * is not accepted, because it names no version.",
        _ => "If-Match must be one or more entity tags in double quotes.",
    });
}
