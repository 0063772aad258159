using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>What an authorization code stands for; kept after its use, so that a second one is noticed.</summary>
internal sealed class AuthorizationCode(AuthorizationRequest request, UserSession session, string acr)
{
    private int _used;

    public AuthorizationRequest Request { get; } = request;
    public UserSession Session { get; } = session;
    public string Acr { get; } = acr;

    /// <summary>True once.</summary>
    public bool TryUse() => Interlocked.Exchange(ref _used, 1) == 0;
}
