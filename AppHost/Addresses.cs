namespace TraceDemo.AppHost;

/// <summary>The addresses of resources for services and browsers.</summary>
internal static class Addresses
{
    /// <summary>By name: a published project also has an https endpoint, which nothing in its container listens on.</summary>
    public static EndpointReference Http<T>(this IResourceBuilder<T> resource)
        where T : IResourceWithEndpoints => resource.GetEndpoint("http");

    /// <summary>
    /// The address of a resource for a browser: in development on this machine, also if a container asks; deployed, <c>public-…-url</c>.
    /// </summary>
    public static ReferenceExpression PublicUrl<T>(this IResourceBuilder<T> resource)
        where T : IResourceWithEndpoints
    {
        var builder = resource.ApplicationBuilder;
        return builder.ExecutionContext.IsPublishMode
            ? ReferenceExpression.Create($"{builder.AddParameter($"public-{resource.Resource.Name}-url")}")
            : ReferenceExpression.Create($"{resource.GetEndpoint("http", KnownNetworkIdentifiers.LocalhostNetwork)}");
    }

    /// <summary>Any free port: the ports of the launch settings are often in use, and every caller receives the address.</summary>
    public static IResourceBuilder<ProjectResource> AnyPort(this IResourceBuilder<ProjectResource> resource) =>
        resource.WithEndpoint("http", endpoint => endpoint.Port = null);

    /// <summary>The link in Aspire's dashboard, with its text.</summary>
    public static IResourceBuilder<T> WithLink<T>(this IResourceBuilder<T> resource, string text, string path = "/")
        where T : IResourceWithEndpoints =>
            resource.WithUrlForEndpoint("http", url =>
            {
                url.DisplayText = text;
                url.Url = url.Url.TrimEnd('/') + path;
            });
}
