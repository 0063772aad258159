using System.Text.Json;
using System.Text.Json.Nodes;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Gateway.ApiDescription;

/// <summary>Reads the services' own descriptions.</summary>
internal sealed class ServiceDescriptions(HttpClient client, IConfiguration configuration)
{
    public const int MaxDescriptionBytes = 1024 * 1024;

    /// <summary>The first description of a service that has just started takes a moment; only one request waits for it.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <exception cref="ProblemException">The service does not respond, or not with a description.</exception>
    public async Task<JsonObject> ReadAsync(string service)
    {
        try
        {
            var address = new Uri(ServiceClientExtensions.Address(configuration, service), ApiDescriptionExtensions.Path);
            return Parse(await client.GetByteArrayAsync(address));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or OperationCanceledException)
        {
            throw new ProblemException(ReasonCode.UpstreamUnavailable,
                $"{service} does not describe itself, so the description would be incomplete; /health shows which service is unavailable.");
        }
    }

    public static JsonObject Parse(byte[] json) =>
        JsonNode.Parse(json) as JsonObject ?? throw new JsonException("An API description must be an object.");
}
