using System.Diagnostics.CodeAnalysis;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Grants;

/// <summary>RFC 6749 §6 with rotation: each refresh token is valid once; presenting it again
/// ends the client's part of the session (RFC 9700 §4.14.2).</summary>
internal sealed class RefreshTokenGrant(TokenVerifier verifier, SessionStore sessions, TokenResponses responses) : IGrant
{
    public string Type => "refresh_token";

    public IResult Handle(RealmClient client, Form form)
    {
        if (form["refresh_token"] is not { } presented)
        {
            return ProtocolError.InvalidRequest("No refresh token");
        }
        if (!verifier.TryReadRefreshToken(presented, out var token))
        {
            return ProtocolError.InvalidGrant(verifier.IsExpiredRefreshToken(presented) ? "Token is not active" : "Invalid refresh token");
        }
        if (token.ClientId != client.Id)
        {
            return ProtocolError.InvalidGrant("Invalid refresh token. Token client and authorized client don't match");
        }
        if (!sessions.TryFind(token.SessionId, out var session))
        {
            return ProtocolError.InvalidGrant("Session not active");
        }
        if (!session.Clients.TryGetValue(client.Id, out var part))
        {
            return ProtocolError.InvalidGrant("Session doesn't have required client");
        }
        if (!TryNarrow(client, token.Scope, form["scope"], out var scopes))
        {
            return ProtocolError.InvalidScope(form["scope"] ?? token.Scope);
        }

        var login = token.Claims.Text("reuse_id") ?? "";
        var successor = TokenIssuer.NewId();
        var use = part.Use(login, token.Id, successor, out var acr);
        if (use != RefreshUse.Accepted)
        {
            session.Detach(client.Id);
            return ProtocolError.InvalidGrant(use == RefreshUse.Reused ? "Maximum allowed refresh token reuse exceeded" : "Stale token");
        }

        sessions.Touch(session);
        return responses.ForPerson(new TokenSubject(client, session.User, session, scopes, acr), login, successor, nonce: null);
    }

    /// <summary>A refresh may request fewer scopes than were granted, never more.</summary>
    private static bool TryNarrow(RealmClient client, string granted, string? requested, [NotNullWhen(true)] out GrantedScopes? scopes)
    {
        scopes = null;
        var held = granted.Split(' ').ToHashSet(StringComparer.Ordinal);
        return (requested is null || held.IsSupersetOf(requested.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            && GrantedScopes.TryResolve(client, requested ?? granted, out scopes);
    }
}
