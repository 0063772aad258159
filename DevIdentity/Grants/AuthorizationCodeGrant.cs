using TraceDemo.DevIdentity.Login;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Grants;

/// <summary>RFC 6749 §4.1.3. The first presentation uses up a code, whether it succeeds or not; a
/// second one ends the client's part of the session (§4.1.2).</summary>
internal sealed class AuthorizationCodeGrant(AuthorizationCodes codes, SessionStore sessions, TokenResponses responses) : IGrant
{
    public string Type => "authorization_code";

    public IResult Handle(RealmClient client, Form form)
    {
        if (form["code"] is not { } presented)
        {
            return ProtocolError.InvalidRequest("Missing parameter: code");
        }
        if (!codes.TryFind(presented, out var code))
        {
            return ProtocolError.InvalidGrant("Code not valid");
        }
        var request = code.Request;
        if (!code.TryUse())
        {
            code.Session.Detach(request.Client.Id);
            return ProtocolError.InvalidGrant("Code not valid");
        }

        if (request.Client.Id != client.Id)
        {
            return ProtocolError.InvalidGrant("Auth error: Found different client_id in clientSession");
        }
        if (request.RedirectUri != form["redirect_uri"])
        {
            return ProtocolError.InvalidGrant("Incorrect redirect_uri");
        }
        if (!sessions.TryFind(code.Session.Id, out var session))
        {
            return ProtocolError.InvalidGrant("Session not active");
        }
        if (Pkce.CheckVerifier(request.CodeChallenge, form["code_verifier"]) is { } refused)
        {
            return refused;
        }
        sessions.Touch(session);
        return responses.ForLogin(new TokenSubject(client, session.User, session, request.Scopes, code.Acr), request.Nonce);
    }
}
