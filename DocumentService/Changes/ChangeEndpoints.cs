using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Changes;

internal static class ChangeEndpoints
{
    /// <summary>Reasons for rejecting a change, besides the policy's own.</summary>
    private static readonly ReasonCode[] Refusals =
    [
        AccessReasons.DocumentNotFound, AccessReasons.DocumentUnclassified, AccessReasons.DepartmentRequired, ReasonCode.PreconditionFailed,
        ReasonCode.PreconditionRequired,
    ];

    public static WebApplicationBuilder AddChanges(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DocumentChanges>();
        return builder;
    }

    public static void MapChanges(this IEndpointRouteBuilder app)
    {
        var editors = Callers.Person("gateway").WithScope("documents:write").InGroup(WellKnownGroups.Admin);
        app.MapPut("/documents/{id}", (DocumentId id, AuditedRequest audited, HttpContext context, DocumentChanges changes) =>
            changes.PutAsync(id, audited, context)).Accept(editors).Audited()
            .WithSummary("Replaces a document, or creates one.").TakesText("text/markdown")
            .Produces<DocumentSummary>().Produces<DocumentSummary>(StatusCodes.Status201Created).Refuses(Refusals);
        app.MapDelete("/documents/{id}", (DocumentId id, AuditedRequest audited, HttpContext context, DocumentChanges changes) =>
            changes.DeleteAsync(id, audited, context)).Accept(editors).Audited()
            .WithSummary("Deletes a document.").Produces(StatusCodes.Status204NoContent).Refuses(Refusals);
    }
}
