namespace TraceDemo.AppHost;

/// <summary>Who asks whom, and where browsers find what.</summary>
internal static class Addresses
{
    /// <summary>By name: a published project has an https endpoint too, which nothing in its container listens on.</summary>
    public static EndpointReference Http<T>(this IResourceBuilder<T> resource)
        where T : IResourceWithEndpoints => resource.GetEndpoint("http");

    /// <summary>
    /// Where a browser finds a resource: on this machine, also when a container asks; deployed, wherever <c>public-…-url</c> says.
    /// </summary>
    public static ReferenceExpression PublicUrl<T>(this IResourceBuilder<T> resource)
        where T : IResourceWithEndpoints
    {
        var builder = resource.ApplicationBuilder;
        return builder.ExecutionContext.IsPublishMode
            ? ReferenceExpression.Create($"{builder.AddParameter($"public-{resource.Resource.Name}-url")}")
            : ReferenceExpression.Create($"{resource.GetEndpoint("http", KnownNetworkIdentifiers.LocalhostNetwork)}");
    }

    /// <summary>Whatever port is free: those of the launch settings are often taken, and everybody who calls is told the address.</summary>
    public static IResourceBuilder<ProjectResource> AnyPort(this IResourceBuilder<ProjectResource> resource) =>
        resource.WithEndpoint("http", endpoint => endpoint.Port = null);

    /// <summary>The link in Aspire's dashboard, with words.</summary>
    public static IResourceBuilder<T> WithLink<T>(this IResourceBuilder<T> resource, string text, string path = "/")
        where T : IResourceWithEndpoints =>
            resource.WithUrlForEndpoint("http", url => (url.DisplayText, url.Url) = (text, url.Url.TrimEnd('/') + path));
}
