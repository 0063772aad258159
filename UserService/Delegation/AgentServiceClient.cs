using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.UserService.Delegation;

/// <summary>Sends a person's delegation to an agent.</summary>
internal sealed class AgentServiceClient(HttpClient client)
{
    private static readonly ClientId AgentService = new("agent-service");
    private static readonly string[] Scope = ["agents:invoke"];

    /// <summary>The token's audiences are agent-service and this one agent, so that no other agent can use it.</summary>
    public async Task<AccessAnswer> AccessAsync(DelegationOrder order, string transactionToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/agents/{order.Agent}/access")
        {
            Content = JsonContent.Create(new AgentAccessRequest(order.Document, order.Action, order.ReviewType)),
        };
        request.ExchangingFor(new ExchangePlan([AgentService, order.AgentClient], Scope));
        request.Headers.TryAddWithoutValidation(TransactionToken.Header, transactionToken);

        using var response = await client.SendAsync(request, cancellationToken);
        return await AccessAnswer.ReadAsync(response, cancellationToken);
    }

    private sealed record AgentAccessRequest(DocumentId DocumentId, AgentAction Action, ReviewType ReviewType);
}
