using TraceDemo.Topology.Services;

namespace TraceDemo.AppHost;

/// <summary>
/// Aspire configures export to its own dashboard; each sender also exports to ours, with its own key. Our receiver listens on
/// a separate port.
/// </summary>
internal static class Telemetry
{
    private const string Receiver = "otlp";

    /// <summary>The Dashboard's receiver.</summary>
    public static void WithReceiver(this IResourceBuilder<ProjectResource> dashboard, IResource provider)
    {
        // Scheme tcp excludes it from making http endpoints public and from ASPNETCORE_URLS.
        var deployed = dashboard.ApplicationBuilder.ExecutionContext.IsPublishMode;
        int? port = deployed ? Ports.Default.Otlp : null;
        dashboard
            .WithEndpoint(Receiver, endpoint =>
            {
                endpoint.UriScheme = "tcp";
                endpoint.Port = port;
                endpoint.TargetPort = port;
            })
            .WithEndpointsInEnvironment(endpoint => endpoint.Name != Receiver)
            .WithEnvironment("Otlp__Url",
                $"http://{(deployed ? "0.0.0.0" : "127.0.0.1")}:{dashboard.GetEndpoint(Receiver).Property(EndpointProperty.TargetPort)}");
        // Keycloak supports only one export endpoint, ours: the Dashboard forwards its traces to Aspire's.
        if (provider is KeycloakResource keycloak)
        {
            dashboard.WithEnvironment("Otlp__Forward__0", keycloak.Name);
        }
    }

    public static ReferenceExpression ReceiverUrl(this IResourceBuilder<ProjectResource> dashboard) =>
        ReferenceExpression.Create($"http://{dashboard.GetEndpoint(Receiver).Property(EndpointProperty.HostAndPort)}");

    /// <summary>In development Aspire disables the redaction of query values, which contain codes and tokens of sign-ins.</summary>
    public static IResourceBuilder<ProjectResource> WithRedactedQueries(this IResourceBuilder<ProjectResource> service) => service
        .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "false")
        .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "false");
}
