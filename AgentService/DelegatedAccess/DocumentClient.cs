using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.AgentService.DelegatedAccess;

/// <summary>Requests a document from document-service on behalf of a person, as an agent.</summary>
internal sealed class DocumentClient(HttpClient client)
{
    private static readonly ClientId[] Audience = [new("document-service")];
    private static readonly string[] Scope = ["documents:read"];

    /// <param name="agent">The client that exchanges the person's token: the <c>azp</c> at document-service.</param>
    /// <param name="documentId">The document.</param>
    /// <param name="action">The agent's action on it.</param>
    /// <param name="transactionToken">The person's delegation, forwarded unread; null if there is none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<AccessAnswer> AccessAsync(
        ClientCredential agent, DocumentId documentId, AgentAction action, string? transactionToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/access")
        {
            Content = JsonContent.Create(new AccessRequest(documentId, action)),
        };
        request.ExchangingFor(new ExchangePlan(Audience, Scope, agent));
        if (transactionToken is not null)
        {
            request.Headers.TryAddWithoutValidation(TransactionToken.Header, transactionToken);
        }

        using var response = await client.SendAsync(request, cancellationToken);
        return await AccessAnswer.ReadAsync(response, cancellationToken);
    }

    private sealed record AccessRequest(DocumentId DocumentId, AgentAction Action);
}
