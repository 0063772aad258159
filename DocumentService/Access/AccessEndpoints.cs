using TraceDemo.Contracts.Access;
using TraceDemo.Contracts.Registry;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.DocumentService.Access;

internal static class AccessEndpoints
{
    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder)
    {
        builder.AddRegistryView();
        builder.AddTransactionTokenValidation(DelegationContext.Domain);
        builder.Services.AddSingleton<DecisionRecorder>();
        builder.Services.AddSingleton<AccessControl>();
        return builder;
    }

    public static void MapAccess(this IEndpointRouteBuilder app) =>
        // The policy also checks person, client and scope, so that such a denial is recorded like any other.
        app.MapPost("/access", ReadAsync).Accept(Callers.DecidedByPolicy).Audited()
            .WithSummary("Releases a document, if the policy allows it.").AnswersAccess();

    private static async Task<IResult> ReadAsync(AccessRequest request, AuditedRequest audited, HttpContext context, AccessControl control)
    {
        if (request.DocumentId is not { } document)
        {
            return Rejection.Invalid("documentId").ToResult();
        }

        if (request.Action is not (null or AccessAction.Read or AccessAction.Summarize or AccessAction.Review))
        {
            return Rejection.Invalid("action").ToResult();
        }

        var transactionToken = TransactionToken.Read(context.Request.Headers);
        var attempt = new AccessAttempt(audited, document, request.Action ?? AccessAction.Read, transactionToken);
        var outcome = await control.DecideAsync(attempt, context.RequestAborted);
        return outcome.ToResult();
    }
}
