using System.Text;
using System.Text.Json.Nodes;
using TraceDemo.Gateway.Routing;
using TraceDemo.ServiceDefaults.ApiDescription;
using Yarp.ReverseProxy.Configuration;

namespace TraceDemo.Gateway.ApiDescription;

/// <summary>Caches the merged description, so that anonymous requests cause no load on the services.</summary>
internal sealed class PublicApiDocument
{
    /// <summary>Long enough to be cheap, short enough to pick up a new version of a service soon.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly SharedDescription _document;

    public PublicApiDocument(ServiceDescriptions services, IProxyConfigProvider routes, ApiDocument own, TimeProvider time) =>
        _document = new SharedDescription(() => MakeAsync(services, routes.GetConfig(), own), Lifetime, time);

    /// <exception cref="ServiceDefaults.Http.ProblemException">A service does not describe itself.</exception>
    public Task<byte[]> GetAsync(CancellationToken cancellationToken) => _document.GetAsync(cancellationToken);

    private static async Task<byte[]> MakeAsync(ServiceDescriptions services, IProxyConfig config, ApiDocument own)
    {
        var descriptions = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var service in config.Routes.Select(route => route.Service()).Distinct(StringComparer.Ordinal))
        {
            descriptions[service] = await services.ReadAsync(service);
        }

        var api = PublicApi.Of(ServiceDescriptions.Parse(await own.GetAsync(CancellationToken.None)), config.Routes, descriptions);
        return Encoding.UTF8.GetBytes(api.ToJsonString());
    }
}
