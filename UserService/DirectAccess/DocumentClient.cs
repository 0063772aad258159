using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;

namespace TraceDemo.UserService.DirectAccess;

/// <summary>Requests a document from document-service for the person directly.</summary>
internal sealed class DocumentClient(HttpClient client)
{
    public async Task<AccessAnswer> AccessAsync(DocumentId documentId, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync("/access", new AccessRequest(documentId), cancellationToken);
        return await AccessAnswer.ReadAsync(response, cancellationToken);
    }

    private sealed record AccessRequest(DocumentId DocumentId);
}
