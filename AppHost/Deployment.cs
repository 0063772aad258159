namespace TraceDemo.AppHost;

/// <summary>The publishing target, and the resources that are reachable there.</summary>
internal static class Deployment
{
    public const string Compose = "compose";
    public const string Kubernetes = "k8s";

    /// <summary>One environment, chosen by the setting <c>DeployTarget</c>: <c>compose</c> (default), <c>k8s</c> or <c>aca</c>.</summary>
    public static void AddDeployTarget(
        this IDistributedApplicationBuilder builder, IReadOnlyList<IResourceBuilder<ProjectResource>> services)
    {
        switch (builder.Target())
        {
            case Compose:
                builder.AddDockerComposeEnvironment(Compose).WithDashboard(dashboard => dashboard.WithHostPort());
                break;
            case Kubernetes:
                // The default is a volume that ends with its pod; Redis' state must persist.
                builder.AddKubernetesEnvironment(Kubernetes)
                    .WithProperties(environment => environment.DefaultStorageType = "pvc")
                    .WithDashboard(dashboard => services.ExportTo(dashboard.Resource.OtlpGrpcEndpoint));
                services.ListParameters();
                break;
            case "aca":
                builder.AddAzureContainerAppEnvironment("aca");
                break;
            case var other:
                throw new InvalidOperationException($"DeployTarget must be compose, k8s or aca, not '{other}'.");
        }
    }

    /// <summary>
    /// Reachable from outside through the environment's ingress; nothing else is. Compose has none: the TLS proxy joins
    /// its network, and a published port would bypass it.
    /// </summary>
    public static IResourceBuilder<T> AtTheEdge<T>(this IResourceBuilder<T> resource)
        where T : IResourceWithEndpoints
    {
        var external = resource.ApplicationBuilder.Target() != Compose;
        return resource.WithEndpoint("http", endpoint => endpoint.IsExternal = external)
            .WithEndpoint("https", endpoint => endpoint.IsExternal = external, createIfNotExists: false);
    }

    /// <summary>
    /// The Dashboard is reached only through a proxy, and must know that the browser uses https, for its cookies and redirect
    /// addresses.
    /// </summary>
    public static void WithForwardedHeaders(this IResourceBuilder<ProjectResource> service) =>
        service.WithEnvironment("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");

    /// <summary>The network of the proxies in front, if the setting <c>IngressNetwork</c>
    /// names one: the gateway then identifies callers by their own addresses.</summary>
    public static void WithKnownProxies(this IResourceBuilder<ProjectResource> gateway)
    {
        if (gateway.ApplicationBuilder.Configuration["IngressNetwork"] is { Length: > 0 } network)
        {
            gateway.WithEnvironment("Gateway__KnownProxies__0", network);
        }
    }

    public static string Target(this IDistributedApplicationBuilder builder) => builder.Configuration["DeployTarget"] ?? Compose;

    /// <summary>Aspire passes the address of its dashboard on Kubernetes only to the first
    /// of our services (microsoft/aspire issue 18306).</summary>
    private static void ExportTo(this IEnumerable<IResourceBuilder<ProjectResource>> services, EndpointReference dashboard)
    {
        foreach (var service in services)
        {
            service.WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", dashboard)
                .WithEnvironment("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
                .WithEnvironment("OTEL_SERVICE_NAME", service.Resource.Name);
        }
    }

    /// <summary>
    /// Aspire writes a parameter to the chart's values only if it is the whole value of a variable (ProcessValueAsync in its
    /// KubernetesResource); as part of a longer value, such as a connection string, it is rendered empty. So each such parameter is also a
    /// separate variable, in the same Secret or ConfigMap. No service reads it.
    /// </summary>
    private static void ListParameters(this IEnumerable<IResourceBuilder<ProjectResource>> services)
    {
        foreach (var service in services)
        {
            service.WithEnvironment(context =>
            {
                foreach (var parameter in context.EnvironmentVariables.Values.OfType<ReferenceExpression>().SelectMany(Parameters)
                    .Distinct().ToList())
                {
                    context.EnvironmentVariables[$"CHART_{parameter.Name.ToUpperInvariant().Replace('-', '_')}"] = parameter;
                }
            });
        }

        static IEnumerable<ParameterResource> Parameters(ReferenceExpression expression) =>
            expression.ValueProviders.SelectMany(part => part switch
        {
            ParameterResource parameter => [parameter],
            ReferenceExpression inner => Parameters(inner),
            _ => Enumerable.Empty<ParameterResource>(),
        });
    }
}
