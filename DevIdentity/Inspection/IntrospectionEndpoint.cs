using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Inspection;

/// <summary>RFC 7662. A client sees only tokens that have it as audience; every other token is inactive.</summary>
internal static class IntrospectionEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpRequest request, ClientAuthentication clients, TokenVerifier verifier, CancellationToken cancellationToken)
    {
        var form = await Form.ReadAsync(request, cancellationToken);
        var authentication = await clients.AuthenticateAsync(request, cancellationToken);
        if (!authentication.IsClient(out var client, out var error))
        {
            return error;
        }
        if (client.IsPublic)
        {
            return new ProtocolError(403, "invalid_request", "Client not allowed.");
        }
        if (form["token"] is not { } text)
        {
            return ProtocolError.InvalidRequest("Token not provided.");
        }
        if (!verifier.TryReadAccessToken(text, out var token) || !verifier.TryFindOwner(token, out var owner)
            || !token.Audience.Contains(client.Id, StringComparer.Ordinal))
        {
            return TypedResults.Ok(new JsonObject { ["active"] = false });
        }

        var body = JsonObject.Create(token.Claims)!;
        body["client_id"] = token.ClientId;
        body["username"] = owner.User.Username;
        body["token_type"] = token.Claims.GetProperty("typ").GetString();
        body["active"] = true;
        return TypedResults.Ok(body);
    }
}
