using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>The detail for a request that the framework could not read. It points to
/// the API description only if the service has one.</summary>
internal static class MalformedRequest
{
    public const string DescriptionPath = "/openapi/v1.json";

    public static string Detail(HttpContext context) =>
        HasDescription(context)
            ? $"The request is malformed; GET {DescriptionPath} describes the endpoint."
            : "The request is malformed.";

    private static bool HasDescription(HttpContext context) =>
        context.RequestServices.GetService<EndpointDataSource>()?.Endpoints.Any(
            endpoint => endpoint is RouteEndpoint { RoutePattern.RawText: DescriptionPath }) == true;
}
