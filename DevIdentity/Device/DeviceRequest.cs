using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Device;

/// <summary>A device's request (RFC 8628 §3.1), with the challenge of RFC 7636 that its poll must match.</summary>
internal sealed record DeviceRequest(RealmClient Client, string? Scope, string CodeChallenge)
{
    /// <summary>Anyone may start a device and each is kept for a while, so the size of a request is bounded.</summary>
    public const int MaxScopeLength = 500;
}
