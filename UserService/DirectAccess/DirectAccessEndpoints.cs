using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.TokenExchange;

namespace TraceDemo.UserService.DirectAccess;

internal static class DirectAccessEndpoints
{
    public static WebApplicationBuilder AddDirectAccess(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<DocumentClient>("document-service")
            .WithTokenExchange(ExchangePlan.For("document-service", "documents:read"));
        return builder;
    }

    public static void MapDirectAccess(this IEndpointRouteBuilder app) =>
        app.MapPost("/access", AccessAsync).Accept(Callers.Person("gateway")).Audited()
            .WithSummary("Reads a document directly, without an agent.").AnswersAccess();

    private static async Task<IResult> AccessAsync(
        DirectAccessRequest request, Caller caller, DocumentClient documents, AuditedRequest audited, CancellationToken cancellationToken)
    {
        if (request.DocumentId is not { } document)
        {
            return RequestProblems.DocumentMissing;
        }

        audited.SetAction(AccessActions.DirectAccess, document.Value);
        using var span = AccessSpan.Start(AccessTelemetry.Access.UserDirectAccessSpan, caller, document);
        return (await span.ObserveAsync(() => documents.AccessAsync(document, cancellationToken))).ToResult();
    }
}
