using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Login;

/// <summary>RFC 6749 §3.1. Until client and redirect URI are verified, errors
/// are shown to the person and never redirected (§4.1.2.1).</summary>
internal sealed class AuthorizationEndpoint(Realm realm, Pages pages, AuthorizationSignIn signIn)
{
    public IResult Handle(HttpContext context)
    {
        var query = context.Request.Query;
        if (query.Any(parameter => parameter.Value.Count > 1) || !query.ContainsKey("client_id"))
        {
            return pages.Error("Invalid Request");
        }
        if (!realm.TryFindClient(query["client_id"], out var client))
        {
            return pages.Error("Client not found.");
        }
        if (!client.Enabled)
        {
            return pages.Error("Client disabled.");
        }
        var redirectUri = (string?)query["redirect_uri"];
        if (!RedirectUris.Allows(client, redirectUri))
        {
            return pages.Error("Invalid parameter: redirect_uri");
        }

        var error = Check(client, query, out var scopes);
        if (error is not null)
        {
            return signIn.Refuse(query, error);
        }
        var request = new AuthorizationRequest(client, redirectUri!, query["state"], query["nonce"], scopes!, query["code_challenge"]!);
        return signIn.Handle(context, request, ((string?)query["prompt"])?.Split(' ') ?? []);
    }

    private static AuthorizationError? Check(RealmClient client, IQueryCollection query, out GrantedScopes? scopes)
    {
        scopes = null;
        if ((string?)query["response_type"] is not { } type)
        {
            return new("invalid_request", "Missing parameter: response_type");
        }
        if (type != "code")
        {
            return new("unsupported_response_type", null);
        }
        if (!client.StandardFlow)
        {
            return new("unauthorized_client",
                "Client is not allowed to initiate browser login with given response_type. Standard flow is disabled for the client.");
        }
        if ((string?)query["response_mode"] is not (null or "query"))
        {
            return new("invalid_request", "Invalid parameter: response_mode");
        }
        if (!GrantedScopes.TryResolve(client, query["scope"], out scopes))
        {
            return new("invalid_scope", $"Invalid scopes: {query["scope"]}");
        }
        return Pkce.CheckChallenge(query["code_challenge_method"], query["code_challenge"]) is { } fault
            ? new("invalid_request", fault) : null;
    }
}
