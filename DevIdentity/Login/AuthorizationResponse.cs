namespace TraceDemo.DevIdentity.Login;

/// <summary>The response to an authorization request, sent through the browser to a verified address.</summary>
internal static class AuthorizationResponse
{
    public static IResult Code(AuthorizationRequest request, string code, string sessionId, string issuer) => Redirect(request.RedirectUri,
    [
        new("state", request.State),
        new("session_state", sessionId),
        new("iss", issuer),
        new("code", code),
    ]);

    /// <summary>RFC 6749 §4.1.2.1, with the issuer of RFC 9207.</summary>
    public static IResult Error(string redirectUri, string? state, string issuer, AuthorizationError error) => Redirect(redirectUri,
    [
        new("error", error.Error),
        new("error_description", error.Description),
        new("state", state),
        new("iss", issuer),
    ]);

    private static IResult Redirect(string uri, KeyValuePair<string, string?>[] parameters)
    {
        var query = string.Join(
            '&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Key}={System.Net.WebUtility.UrlEncode(p.Value)}"));
        return Results.Redirect($"{uri}{(uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}");
    }
}
