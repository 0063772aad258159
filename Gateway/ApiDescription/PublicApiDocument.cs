using System.Text;
using System.Text.Json.Nodes;
using TraceDemo.ServiceDefaults.ApiDescription;
using Yarp.ReverseProxy.Configuration;

namespace TraceDemo.Gateway.ApiDescription;

/// <summary>Keeps what came of the services' descriptions, so that requests of strangers cost the services nothing.</summary>
internal sealed class PublicApiDocument(ServiceDescriptions services, IProxyConfigProvider routes, ApiDocument own, TimeProvider time) : IDisposable
{
    /// <summary>Long enough to be cheap, short enough that a service of a newer version is soon described.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Copy? _copy;

    private byte[]? Current => _copy is { } copy && time.GetUtcNow() < copy.Expires ? copy.Json : null;

    /// <exception cref="ServiceDefaults.Http.ProblemException">A service does not describe itself.</exception>
    public async Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (Current is { } current)
        {
            return current;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (Current is { } made)
            {
                return made;
            }

            var json = Encoding.UTF8.GetBytes((await MakeAsync(cancellationToken)).ToJsonString());
            _copy = new(json, time.GetUtcNow() + Lifetime);
            return json;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<JsonObject> MakeAsync(CancellationToken cancellationToken)
    {
        var config = routes.GetConfig();
        var descriptions = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var service in config.Routes.Select(route => route.ClusterId!).Distinct(StringComparer.Ordinal))
        {
            descriptions[service] = await services.ReadAsync(service, cancellationToken);
        }

        return PublicApi.Of(ServiceDescriptions.Parse(await own.GetAsync(cancellationToken)), config.Routes, descriptions);
    }

    private sealed record Copy(byte[] Json, DateTimeOffset Expires);
}
