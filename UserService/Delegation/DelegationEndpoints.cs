using Microsoft.Extensions.Options;
using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.Contracts.Registry;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.ServiceDefaults.TransactionTokens;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.UserService.Delegation;

internal static class DelegationEndpoints
{
    public static WebApplicationBuilder AddDelegation(this WebApplicationBuilder builder)
    {
        builder.AddRegistryView();
        builder.AddTransactionTokenIssuer(DelegationContext.Domain);
        builder.AddServiceClient<AgentServiceClient>("agent-service")
            // An agent may call a model, and a POST is not retried.
            .WithOneLongAttempt().WithTokenExchange();
        builder.Services.AddOptionsWithValidateOnStart<AgentClientNames>().BindConfiguration(AgentClientNames.Section);
        builder.Services.AddSingleton<Delegator>();
        return builder;
    }

    public static void MapDelegation(this IEndpointRouteBuilder app)
    {
        app.MapPost("/delegate", DelegateAsync).Accept(Callers.Person("gateway")).Audited()
            .WithSummary("Lets an agent read, summarize or review a document for the person.").AnswersAccess()
            .Refuses(AccessReasons.AgentNotFound);
        app.MapTransactionKeys();
    }

    private static async Task<IResult> DelegateAsync(
        DelegationRequest request, Caller caller, AuditedRequest audited, Delegator delegator, IOptions<AgentClientNames> clients,
        CancellationToken cancellationToken)
    {
        if (request is not { AgentId: { } agent, DocumentId: { } document })
        {
            return Problem.Result(ReasonCode.RequestInvalid,
                "Name agent and document: {\"agentId\": \"gpt4\", \"documentId\": \"DOC-005\"}.", Problem.Members(request.Missing()));
        }

        audited.SetAction(AccessActions.Delegation, $"{agent} {document}");
        var order = new DelegationOrder(
            agent, clients.Value.Of(agent), document, request.Action ?? AgentAction.Read, request.ReviewType ?? ReviewType.General);
        return (await delegator.DelegateAsync(caller, order, cancellationToken)).ToResult();
    }
}
