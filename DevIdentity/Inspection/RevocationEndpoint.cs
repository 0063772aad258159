using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Logout;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Inspection;

/// <summary>RFC 7009: revokes one access token, or with a refresh token the client's part of the session.</summary>
internal sealed class RevocationEndpoint(
    ClientAuthentication clients, TokenVerifier verifier, SessionStore sessions, BackchannelLogout logout)
{
    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await Form.ReadAsync(request, cancellationToken);
        var authentication = await clients.AuthenticateAsync(request, cancellationToken);
        if (!authentication.IsClient(out var client, out var error))
        {
            return error;
        }
        if (form.HasDuplicates)
        {
            return ProtocolError.InvalidRequest("duplicated parameter");
        }
        if (form["token"] is not { } text)
        {
            return ProtocolError.InvalidRequest("Token not provided");
        }
        var isRefresh = verifier.TryReadRefreshToken(text, out var token);
        if (!isRefresh && !verifier.TryReadAccessToken(text, out token))
        {
            return new ProtocolError(200, "invalid_token", "Invalid token");
        }
        if (token!.ClientId != client.Id)
        {
            return ProtocolError.InvalidRequest("Unmatching clients");
        }
        if (isRefresh)
        {
            await EndAsync(token);
        }
        else if (!verifier.TryRevoke(token))
        {
            return ProtocolError.StoreFull;
        }
        return Results.Ok();
    }

    /// <summary>A session ends with its last client.</summary>
    private async Task EndAsync(VerifiedToken refreshToken)
    {
        if (!sessions.TryFind(refreshToken.SessionId, out var session))
        {
            return;
        }
        if (session.Clients.Keys.All(id => id == refreshToken.ClientId))
        {
            await logout.EndAsync(session);
        }
        else
        {
            session.Detach(refreshToken.ClientId);
        }
    }
}
