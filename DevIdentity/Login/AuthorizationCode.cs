using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>The content of an authorization code; kept after its use, to detect a second one.</summary>
internal sealed class AuthorizationCode(AuthorizationRequest request, UserSession session, string acr)
{
    private int _used;

    public AuthorizationRequest Request { get; } = request;
    public UserSession Session { get; } = session;
    public string Acr { get; } = acr;

    /// <summary>True for the first use.</summary>
    public bool TryUse() => Interlocked.Exchange(ref _used, 1) == 0;
}
