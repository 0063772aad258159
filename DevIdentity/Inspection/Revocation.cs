using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Inspection;

/// <summary>RFC 7009: an access token alone, or with a refresh token the client's part of the session.</summary>
internal static class Revocation
{
    public static async Task<IResult> HandleAsync(
        HttpRequest request, ClientAuthentication clients, [AsParameters] RevocationParts parts, CancellationToken cancellationToken)
    {
        var form = await Form.ReadAsync(request, cancellationToken);
        var authentication = await clients.AuthenticateAsync(request, cancellationToken);
        if (authentication.Client is not { } client) { return authentication.Error!; }
        if (form.HasDuplicates) { return ProtocolError.InvalidRequest("duplicated parameter"); }
        if (form["token"] is not { } text) { return ProtocolError.InvalidRequest("Token not provided"); }
        var isRefresh = parts.Verifier.TryReadRefreshToken(text, out var token);
        if (!isRefresh && !parts.Verifier.TryReadAccessToken(text, out token))
        {
            return new ProtocolError(200, "invalid_token", "Invalid token");
        }
        if (token!.ClientId != client.Id) { return ProtocolError.InvalidRequest("Unmatching clients"); }
        if (isRefresh) { await parts.EndAsync(token); }
        else if (!parts.Verifier.TryRevoke(token)) { return ProtocolError.StoreFull; }
        return Results.Ok();
    }
}
