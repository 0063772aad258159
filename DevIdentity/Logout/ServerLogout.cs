using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Logout;

/// <summary>Sign-out by client authentication and refresh token: no token in a URL.</summary>
internal sealed class ServerLogout(
    ClientAuthentication clients, TokenVerifier verifier, SessionStore sessions, BackchannelLogout logout)
{
    public async Task<IResult> EndAsync(HttpRequest request, string refreshToken, CancellationToken cancellationToken)
    {
        var authentication = await clients.AuthenticateAsync(request, cancellationToken);
        if (!authentication.IsClient(out var client, out var error))
        {
            return error;
        }
        if (!verifier.TryReadRefreshToken(refreshToken, out var token))
        {
            return ProtocolError.InvalidGrant("Invalid refresh token");
        }
        if (token.ClientId != client.Id)
        {
            return ProtocolError.InvalidGrant("Invalid refresh token. Token client and authorized client don't match");
        }
        if (sessions.TryFind(token.SessionId, out var session))
        {
            await logout.EndAsync(session);
        }
        return TypedResults.NoContent();
    }
}
