using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TraceDemo.ServiceDefaults.Authentication;

internal static class EndpointCheck
{
    /// <summary>Prevents startup if an endpoint names no callers: a missing declaration
    /// must never mean "everyone".</summary>
    public static void EnsureEveryEndpointNamesItsCallers(IEnumerable<Endpoint> endpoints)
    {
        var open = endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<CallerRules>() is null
                && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? endpoint.DisplayName)
            .ToList();
        if (open.Count > 0)
        {
            throw new InvalidOperationException(
                $"These endpoints do not name their callers: {string.Join(", ", open)}. Add .Accept(…) or .AllowAnonymous().");
        }
    }
}
