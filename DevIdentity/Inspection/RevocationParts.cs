using TraceDemo.DevIdentity.Logout;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Inspection;

internal readonly record struct RevocationParts(TokenVerifier Verifier, SessionStore Sessions, BackchannelLogout Logout)
{
    /// <summary>A session whose last client has gone is over.</summary>
    public async Task EndAsync(VerifiedToken refreshToken)
    {
        if (!Sessions.TryFind(refreshToken.SessionId, out var session)) { return; }
        if (session.Clients.Keys.All(id => id == refreshToken.ClientId)) { await Logout.EndAsync(session); }
        else { session.Detach(refreshToken.ClientId); }
    }
}
