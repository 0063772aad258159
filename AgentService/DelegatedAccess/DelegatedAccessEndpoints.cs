using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.AgentService.DelegatedAccess;

internal static class DelegatedAccessEndpoints
{
    public static WebApplicationBuilder AddDelegatedAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<AgentClientOptions, AgentClientValidation>()
            .BindConfiguration(AgentClientOptions.Section);
        builder.Services.AddSingleton<AgentClients>();
        builder.AddServiceClient<DocumentClient>("document-service").WithTokenExchange();
        builder.Services.AddSingleton<AgentInvocation>();
        return builder;
    }

    /// <summary>The token's audiences must be this service and the requested agent,
    /// so that no agent can act with another agent's token.</summary>
    public static void MapDelegatedAccess(this IEndpointRouteBuilder app) =>
        app.MapPost("/agents/{id}/access", AccessAsync)
            .Accept(Callers.Person("user-service").WithScope("agents:invoke"))
            .WithSecondAudience(ClientOfAgent)
            .Audited()
            .WithSummary("Performs the action that the transaction token grants.").AnswersAccess().Refuses(AccessReasons.AgentNotFound);

    private static ClientId? ClientOfAgent(HttpContext context) =>
        AgentId.TryParse(context.GetRouteValue("id") as string, null, out var id)
            ? context.RequestServices.GetRequiredService<AgentClients>().Find(id)?.Client
            : null;

    private static async Task<IResult> AccessAsync(
        AgentId id, AgentAccessRequest request, AuditedRequest audited, HttpContext context, AgentInvocation invocation)
    {
        if (request.DocumentId is not { } documentId)
        {
            return RequestProblems.DocumentMissing;
        }

        audited.SetAction(AccessActions.AgentAccess, $"{id} {documentId}");
        var order = new AgentOrder(id, documentId, request.Action ?? AgentAction.Read, request.ReviewType ?? ReviewType.General,
            TransactionToken.Read(context.Request.Headers));
        return (await invocation.RunAsync(audited.Caller, order, context.RequestAborted)).ToResult();
    }
}
