using TraceDemo.DevIdentity.Login;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Grants;

/// <summary>Direct grant (RFC 6749 §4.3): for tests and demonstrations only, if the client's entry allows it.</summary>
internal sealed class PasswordGrant(PersonAuthentication people, SessionStore sessions, TokenResponses responses) : IGrant
{
    public string Type => "password";

    public IResult Handle(RealmClient client, Form form)
    {
        if (!client.DirectAccess)
        {
            return new ProtocolError(400, "unauthorized_client", "Client not allowed for direct access grants");
        }
        if (!GrantedScopes.TryResolve(client, form["scope"], out var scopes))
        {
            return ProtocolError.InvalidScope(form["scope"] ?? "");
        }
        if (form["username"] is not { } username)
        {
            return new ProtocolError(401, "invalid_request", "Missing parameter: username");
        }
        if (people.Authenticate(username, form["password"]) is not { } user)
        {
            return ProtocolError.InvalidGrant("Invalid user credentials");
        }
        return responses.ForLogin(new TokenSubject(client, user, sessions.Begin(user, interactive: false), scopes, Acr: "1"), nonce: null);
    }
}
