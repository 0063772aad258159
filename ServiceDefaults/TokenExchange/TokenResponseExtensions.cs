using System.Text.Json;
using Duende.IdentityModel.Client;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Reads the answers of a token endpoint (RFC 6749 §5). The client library's own
/// properties throw where an answer is JSON but no object.</summary>
public static class TokenResponseExtensions
{
    /// <summary>The access token of a successful answer (RFC 6749 §5.1), or null.</summary>
    /// <param name="response">The answer.</param>
    public static string? IssuedToken(this TokenResponse response) =>
        response is
        {
            ErrorType: ResponseErrorType.None, Json.ValueKind: JsonValueKind.Object, IsError: false,
            AccessToken: { Length: > 0 } token
        } ? token : null;

    /// <summary>
    /// The provider's own word for why it refused, such as <c>invalid_grant</c> (RFC 6749 §5.2), or null when it issued a token, failed or
    /// gave no reason. Read from the body whatever the 4xx status: the client library calls everything but 400 an error of HTTP and puts
    /// the status line's phrase in its place, while providers also answer 401 (<c>invalid_client</c>) and 403 (<c>access_denied</c>).
    /// </summary>
    /// <param name="response">The answer.</param>
    public static string? OAuthError(this TokenResponse response) =>
        response is { Json.ValueKind: JsonValueKind.Object } && (int)response.HttpStatusCode is >= 400 and < 500
            && response.TryGet("error") is { Length: > 0 } error ? error : null;
}
