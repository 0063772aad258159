namespace TraceDemo.AppHost;

/// <summary>
/// Aspire's own dashboard is fed by Aspire; ours gets the same a second time, from each sender under its own key. Its receiver listens on a
/// port of its own.
/// </summary>
internal static class Telemetry
{
    private const string Receiver = "otlp";
    private const int Port = 4318;

    /// <summary>The Dashboard's receiver, and the key of everybody who may send there.</summary>
    public static void WithReceiver(this IResourceBuilder<ProjectResource> dashboard, Secrets secrets, params IReadOnlyList<IResource> senders)
    {
        // Of scheme tcp: what makes http endpoints public, or puts them into ASPNETCORE_URLS, does not mean this one.
        var deployed = dashboard.ApplicationBuilder.ExecutionContext.IsPublishMode;
        int? port = deployed ? Port : null;
        dashboard.WithEndpoint(Receiver, endpoint => (endpoint.UriScheme, endpoint.Port, endpoint.TargetPort) = ("tcp", port, port))
            .WithEndpointsInEnvironment(endpoint => endpoint.Name != Receiver)
            .WithEnvironment("Otlp__Url", $"http://{(deployed ? "0.0.0.0" : "127.0.0.1")}:{dashboard.GetEndpoint(Receiver).Property(EndpointProperty.TargetPort)}");
        foreach (var sender in senders)
            dashboard.WithEnvironment($"Otlp__Keys__{sender.Name}", secrets.OtlpKey(sender.Name));
        // Keycloak can export to one endpoint only, ours: the Dashboard forwards its traces to Aspire's.
        foreach (var keycloak in senders.OfType<KeycloakResource>())
            dashboard.WithEnvironment("Otlp__Forward__0", keycloak.Name);
    }

    public static ReferenceExpression ReceiverUrl(this IResourceBuilder<ProjectResource> dashboard) =>
        ReferenceExpression.Create($"http://{dashboard.GetEndpoint(Receiver).Property(EndpointProperty.HostAndPort)}");

    public static IResourceBuilder<ProjectResource> WithTelemetry(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<ProjectResource> dashboard, Secrets secrets) => service
        .WithEnvironment("Dashboard__OtlpEndpoint", dashboard.ReceiverUrl())
        .WithEnvironment("Dashboard__OtlpApiKey", secrets.OtlpKey(service.Resource.Name))
        .WithEnvironment("Telemetry__PseudonymKey", secrets.PseudonymKey)
        .WithEnvironment("OTEL_BSP_SCHEDULE_DELAY", "200")
        .WithEnvironment("OTEL_BLRP_SCHEDULE_DELAY", "200")
        // While developing Aspire turns the redaction of query values off; codes and tokens of sign-ins stand there.
        .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "false")
        .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "false");

    /// <summary>
    /// Keycloak ignores OTEL_EXPORTER_OTLP_…; with these its spans join our traces below <c>token_exchange</c>. Without JDBC's: those make
    /// 45 spans of one exchange.
    /// </summary>
    public static IResourceBuilder<KeycloakResource> WithTracing(
        this IResourceBuilder<KeycloakResource> keycloak, IResourceBuilder<ProjectResource> dashboard, Secrets secrets) => keycloak
        .WithEnvironment("KC_TRACING_ENABLED", "true")
        .WithEnvironment("KC_TRACING_JDBC_ENABLED", "false")
        .WithEnvironment("KC_TRACING_PROTOCOL", "http/protobuf")
        .WithEnvironment("KC_TRACING_ENDPOINT", dashboard.ReceiverUrl())
        .WithEnvironment("KC_TRACING_SAMPLER_TYPE", "parentbased_always_on")
        .WithEnvironment("KC_TELEMETRY_SERVICE_NAME", keycloak.Resource.Name)
        .WithEnvironment("KC_TELEMETRY_HEADER_X_OTLP_API_KEY", secrets.OtlpKey(keycloak.Resource.Name));
}
