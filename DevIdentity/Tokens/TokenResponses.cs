using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>Issues the tokens of a grant and creates the response.</summary>
internal sealed class TokenResponses(TokenIssuer tokens)
{
    /// <summary>For a person: with a refresh token, and an ID token if <c>openid</c> was requested. Starts a new rotation.</summary>
    public TokenResponse ForLogin(TokenSubject subject, string? nonce)
    {
        var login = TokenIssuer.NewId();
        var tokenId = TokenIssuer.NewId();
        subject.Session!.Attach(subject.Client.Id).Begin(login, tokenId, subject.Acr);
        return ForPerson(subject, login, tokenId, nonce);
    }

    public TokenResponse ForPerson(TokenSubject subject, string login, string refreshTokenId, string? nonce)
    {
        var members = WithIdToken(tokens.AccessToken(new AccessTokenRequest(subject)), subject, nonce);
        members["refresh_expires_in"] = tokens.RefreshTokenSeconds(subject);
        members["refresh_token"] = tokens.RefreshToken(subject, refreshTokenId, login);
        return End(members, subject);
    }

    public TokenResponse ForServiceAccount(TokenSubject subject) =>
        End(WithIdToken(tokens.AccessToken(new AccessTokenRequest(subject)), subject, nonce: null), subject);

    public TokenResponse ForExchange(AccessTokenRequest request)
    {
        var members = WithIdToken(tokens.AccessToken(request), request.Subject, nonce: null);
        members["issued_token_type"] = TokenTypes.AccessToken;
        return End(members, request.Subject);
    }

    /// <summary>An ID token is also returned in member <c>access_token</c>, despite its name (RFC 8693 §2.2.1).</summary>
    public TokenResponse ForIdTokenExchange(TokenSubject subject)
    {
        var members = Begin(tokens.IdToken(subject, nonce: null, accessToken: null), subject);
        members["issued_token_type"] = TokenTypes.IdToken;
        return End(members, subject);
    }

    private JsonObject WithIdToken(string accessToken, TokenSubject subject, string? nonce)
    {
        var members = Begin(accessToken, subject);
        if (subject.Scopes.OpenId)
        {
            members["id_token"] = tokens.IdToken(subject, nonce, accessToken);
        }
        return members;
    }

    private JsonObject Begin(string token, TokenSubject subject) =>
        new()
        {
            ["access_token"] = token,
            ["expires_in"] = tokens.AccessTokenSeconds(subject),
            ["refresh_expires_in"] = 0,
            ["token_type"] = "Bearer",
        };

    private static TokenResponse End(JsonObject members, TokenSubject subject)
    {
        members["not-before-policy"] = 0;
        if (subject.Session is not null)
        {
            members["session_state"] = subject.Session.Id;
        }
        members["scope"] = subject.Scopes.InToken;
        return new TokenResponse(members);
    }
}
