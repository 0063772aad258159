using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>A successful answer of the token endpoint (RFC 6749 §5.1, RFC 8693 §2.2.1) with Keycloak's further members.</summary>
internal sealed class TokenResponse(JsonObject members) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsJsonAsync(members, httpContext.RequestAborted);
    }
}

/// <summary>Issues the tokens of a grant and puts them into an answer.</summary>
internal sealed class TokenResponses(TokenIssuer tokens)
{
    /// <summary>For a person: with a refresh token, and an ID token where <c>openid</c> was asked for. Begins a new rotation.</summary>
    public TokenResponse ForLogin(TokenSubject subject, string? nonce)
    {
        var login = TokenIssuer.NewId();
        var tokenId = TokenIssuer.NewId();
        subject.Session!.Attach(subject.Client.Id).Begin(login, tokenId, subject.Acr);
        return ForPerson(subject, login, tokenId, nonce);
    }

    public TokenResponse ForPerson(TokenSubject subject, string login, string refreshTokenId, string? nonce)
    {
        var accessToken = tokens.AccessToken(new AccessTokenRequest(subject));
        var members = Begin(accessToken, subject);
        members["refresh_expires_in"] = tokens.RefreshTokenSeconds(subject);
        members["refresh_token"] = tokens.RefreshToken(subject, refreshTokenId, login);
        if (subject.Scopes.OpenId) { members["id_token"] = tokens.IdToken(subject, nonce, accessToken); }
        return End(members, subject);
    }

    public TokenResponse ForServiceAccount(TokenSubject subject) => End(Begin(tokens.AccessToken(new AccessTokenRequest(subject)), subject), subject);

    public static TokenResponse ForExchange(TokenSubject subject, string token, string issuedType, int seconds)
    {
        var members = Begin(token, seconds);
        members["issued_token_type"] = issuedType;
        return End(members, subject);
    }

    private JsonObject Begin(string accessToken, TokenSubject subject) => Begin(accessToken, tokens.AccessTokenSeconds(subject));

    private static JsonObject Begin(string token, int seconds) =>
        new() { ["access_token"] = token, ["expires_in"] = seconds, ["refresh_expires_in"] = 0, ["token_type"] = "Bearer" };

    private static TokenResponse End(JsonObject members, TokenSubject subject)
    {
        members["not-before-policy"] = 0;
        if (subject.Session is not null) { members["session_state"] = subject.Session.Id; }
        members["scope"] = subject.Scopes.InToken;
        return new TokenResponse(members);
    }
}
