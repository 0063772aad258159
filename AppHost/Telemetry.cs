using TraceDemo.Topology.Services;

namespace TraceDemo.AppHost;

/// <summary>
/// Aspire's own dashboard is fed by Aspire; ours gets the same a second time, from each sender under its own key. Its receiver listens on a
/// port of its own.
/// </summary>
internal static class Telemetry
{
    private const string Receiver = "otlp";

    /// <summary>The Dashboard's receiver.</summary>
    public static void WithReceiver(this IResourceBuilder<ProjectResource> dashboard, IResource provider)
    {
        // Of scheme tcp: what makes http endpoints public, or puts them into ASPNETCORE_URLS, does not mean this one.
        var deployed = dashboard.ApplicationBuilder.ExecutionContext.IsPublishMode;
        int? port = deployed ? Ports.Default.Otlp : null;
        dashboard.WithEndpoint(Receiver, endpoint => (endpoint.UriScheme, endpoint.Port, endpoint.TargetPort) = ("tcp", port, port))
            .WithEndpointsInEnvironment(endpoint => endpoint.Name != Receiver)
            .WithEnvironment("Otlp__Url",
                $"http://{(deployed ? "0.0.0.0" : "127.0.0.1")}:{dashboard.GetEndpoint(Receiver).Property(EndpointProperty.TargetPort)}");
        // Keycloak can export to one endpoint only, ours: the Dashboard forwards its traces to Aspire's.
        if (provider is KeycloakResource keycloak)
        {
            dashboard.WithEnvironment("Otlp__Forward__0", keycloak.Name);
        }
    }

    public static ReferenceExpression ReceiverUrl(this IResourceBuilder<ProjectResource> dashboard) =>
        ReferenceExpression.Create($"http://{dashboard.GetEndpoint(Receiver).Property(EndpointProperty.HostAndPort)}");

    /// <summary>While developing Aspire turns the redaction of query values off; codes and tokens of sign-ins stand there.</summary>
    public static IResourceBuilder<ProjectResource> WithRedactedQueries(this IResourceBuilder<ProjectResource> service) => service
        .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "false")
        .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "false");
}
