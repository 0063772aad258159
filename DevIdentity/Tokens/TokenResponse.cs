using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>A successful token response (RFC 6749 §5.1, RFC 8693 §2.2.1) with Keycloak's additional members.</summary>
internal sealed class TokenResponse(JsonObject members) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsJsonAsync(members, httpContext.RequestAborted);
    }
}
