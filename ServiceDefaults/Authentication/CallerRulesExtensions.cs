using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Applies the rules to endpoints.</summary>
public static class CallerRulesExtensions
{
    /// <summary>
    /// Names the accepted callers. Every endpoint needs this or <c>AllowAnonymous</c>; one with neither prevents startup.
    /// </summary>
    /// <param name="endpoints">An endpoint or a group.</param>
    /// <param name="any">The callers, any of which is accepted.</param>
    public static TBuilder Accept<TBuilder>(this TBuilder endpoints, params CallerRule[] any)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new CallerRules(any)).RequireAuthorization();

    /// <summary>Requires a token whose audiences are exactly this service and one more, which depends on the request.</summary>
    /// <param name="endpoint">An endpoint or a group.</param>
    /// <param name="alsoFor">The other audience; null rejects the request.</param>
    public static TBuilder WithSecondAudience<TBuilder>(this TBuilder endpoint, Func<HttpContext, ClientId?> alsoFor)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AudienceRule(alsoFor));
}
