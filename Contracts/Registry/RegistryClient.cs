using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace TraceDemo.Contracts.Registry;

/// <summary>Reads the registry as the service itself, with the entity tag of the last response (RFC 9110 §13.1.2).</summary>
internal sealed class RegistryClient(HttpClient client)
{
    private const int MaxAgents = 1000;

    /// <summary>The agents and the response's tag; no agents if nothing has changed since <paramref name="known"/>.</summary>
    public async Task<(IReadOnlyCollection<RegistryEntry>? Agents, EntityTagHeaderValue? Tag)> GetAsync(
        EntityTagHeaderValue? known, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/agents");
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        using var response = await client.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return (null, known);
        }

        response.EnsureSuccessStatusCode();
        var agents = await response.Content.ReadFromJsonAsync<List<RegistryEntry>>(cancellationToken);
        return agents is { Count: <= MaxAgents } ? (agents, response.Headers.ETag) : throw new JsonException("agents");
    }
}
