using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Grants;

/// <summary>RFC 6749 §4.4: the client on its own behalf. No session, so no <c>sid</c>, and no refresh token.</summary>
internal sealed class ClientCredentialsGrant(TokenResponses responses) : IGrant
{
    public string Type => "client_credentials";

    public IResult Handle(RealmClient client, Form form)
    {
        var scope = form["scope"];
        if (client.IsPublic)
        {
            return NotAllowed("Public client not allowed to retrieve service account");
        }
        if (client.ServiceAccount is not { } account)
        {
            return NotAllowed("Client not enabled to retrieve service account");
        }
        if (!GrantedScopes.TryResolve(client, scope, out var scopes))
        {
            return ProtocolError.InvalidScope(scope);
        }
        var notes = new Dictionary<string, string> { ["client_id"] = client.Id };
        return responses.ForServiceAccount(new TokenSubject(client, account, Session: null, scopes, Acr: "1") { Notes = notes });
    }

    private static ProtocolError NotAllowed(string description) => new(401, "unauthorized_client", description);
}
