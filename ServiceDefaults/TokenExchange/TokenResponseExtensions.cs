using System.Net;
using System.Text.Json;
using Duende.IdentityModel.Client;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Reads responses of a token endpoint (RFC 6749 §5). The client library's own
/// properties throw if a response is JSON but not an object.</summary>
public static class TokenResponseExtensions
{
    /// <summary>The access token of a successful response (RFC 6749 §5.1), or null.</summary>
    /// <param name="response">The response.</param>
    public static string? IssuedToken(this TokenResponse response) =>
        response is
        {
            ErrorType: ResponseErrorType.None, Json.ValueKind: JsonValueKind.Object, IsError: false,
            AccessToken: { Length: > 0 } token
        } ? token : null;

    /// <summary>
    /// The provider's error code, such as <c>invalid_grant</c> (RFC 6749 §5.2), or null if it issued a token, failed or
    /// gave no code. Read from the body for any 4xx status: the client library treats all but 400 as an HTTP error and returns
    /// the status line's phrase instead, while providers also answer 401 (<c>invalid_client</c>) and 403 (<c>access_denied</c>).
    /// </summary>
    /// <param name="response">The response.</param>
    public static string? OAuthError(this TokenResponse response) =>
        response is
        {
            Json.ValueKind: JsonValueKind.Object,
            HttpStatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
        } && response.TryGet("error") is { Length: > 0 } error ? error : null;
}
