using System.Net.Http.Json;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

internal sealed class TransactionKeyClient(HttpClient client)
{
    public Task<TransactionKeySet?> GetAsync(CancellationToken cancellationToken) =>
        client.GetFromJsonAsync<TransactionKeySet>(TransactionKeySet.Path, cancellationToken);
}
