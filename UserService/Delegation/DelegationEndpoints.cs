using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Registry;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.ServiceDefaults.TransactionTokens;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.UserService.Delegation;

internal static class DelegationEndpoints
{
    public static void AddDelegation(this WebApplicationBuilder builder)
    {
        builder.AddRegistryView();
        builder.AddTransactionTokenIssuer();
        builder.AddServiceClient<AgentServiceClient>("agent-service").WithTokenExchange();
        builder.Services.AddSingleton<Delegator>();

        // An agent may have to ask a model, and a POST is not repeated: it may take all the time there is.
        builder.Services.PostConfigure<ServiceClientOptions>(options => options.AttemptTimeout = options.TotalTimeout);
    }

    public static void MapDelegation(this WebApplication app)
    {
        app.MapPost("/delegate", DelegateAsync).Accept(Callers.Person("gateway")).Audited()
            .WithSummary("Lets an agent read, summarize or review a document for the person.").AnswersAccess()
            .Refuses(ReasonCode.AgentNotFound);
        app.MapTransactionKeys();
    }

    private static async Task<IResult> DelegateAsync(
        DelegationRequest request, Caller caller, AuditedRequest audited, Delegator delegator, IConfiguration configuration,
        CancellationToken cancellationToken)
    {
        if (request is not { AgentId: { } agent, DocumentId: { } document })
        {
            return Problem.Result(ReasonCode.RequestInvalid,
                "Name agent and document: {\"agentId\": \"gpt4\", \"documentId\": \"DOC-005\"}.", Problem.Members(request.Missing()));
        }

        audited.Concerns(AuditActions.Delegation, $"{agent} {document}");
        // The realm's convention, unless configured; a wrong name gets no token, since the provider issues none for it.
        var client = new ClientId(configuration[$"Agents:{agent}:ClientId"] ?? $"agent-{agent}");
        var order = new DelegationOrder(
            agent, client, document, request.Action ?? AgentAction.Read, request.ReviewType ?? ReviewType.General);
        return (await delegator.DelegateAsync(caller, order, cancellationToken)).ToResult();
    }
}
