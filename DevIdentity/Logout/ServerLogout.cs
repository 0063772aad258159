using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Logout;

/// <summary>Signing out by client authentication and refresh token: no token in a URL.</summary>
internal readonly record struct ServerLogout(
    ClientAuthentication Clients, TokenVerifier Verifier, SessionStore Sessions, BackchannelLogout Logout)
{
    public async Task<IResult> EndAsync(HttpRequest request, string refreshToken, CancellationToken cancellationToken)
    {
        var authentication = await Clients.AuthenticateAsync(request, cancellationToken);
        if (authentication.Client is not { } client) { return authentication.Error!; }
        if (!Verifier.TryReadRefreshToken(refreshToken, out var token)) { return ProtocolError.InvalidGrant("Invalid refresh token"); }
        if (token.ClientId != client.Id)
        {
            return ProtocolError.InvalidGrant("Invalid refresh token. Token client and authorized client don't match");
        }
        if (Sessions.TryFind(token.SessionId, out var session)) { await Logout.EndAsync(session); }
        return TypedResults.NoContent();
    }
}
