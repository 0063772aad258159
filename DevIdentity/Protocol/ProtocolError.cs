using System.Text.Json.Serialization;

namespace TraceDemo.DevIdentity.Protocol;

/// <summary>An OAuth error response (RFC 6749 §5.2) with Keycloak's texts, which are part of the contract: clients match on them.</summary>
internal sealed record ProtocolError(
    [property: JsonIgnore] int Status,
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description) : IResult
{
    public static ProtocolError InvalidClient { get; } = new(401, "invalid_client", "Invalid client or Invalid client credentials");
    public static ProtocolError WrongCredentials { get; } = new(401, "unauthorized_client", "Invalid client or Invalid client credentials");
    public static ProtocolError StoreFull { get; } =
        new(503, "temporarily_unavailable", "Too many assertions or revocations of this client are held: try again later");

    public static ProtocolError InvalidRequest(string description) => new(400, "invalid_request", description);

    public static ProtocolError InvalidGrant(string description) => new(400, "invalid_grant", description);

    public static ProtocolError InvalidScope(string scope) => new(400, "invalid_scope", $"Invalid scopes: {scope}");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsJsonAsync(this, httpContext.RequestAborted);
    }
}
