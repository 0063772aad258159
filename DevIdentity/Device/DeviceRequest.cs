using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Device;

/// <summary>What a device asks for (RFC 8628 §3.1), with the challenge of RFC 7636 that its poll has to match.</summary>
internal sealed record DeviceRequest(RealmClient Client, string? Scope, string CodeChallenge)
{
    /// <summary>Anybody may start a device and each is kept for a while, so what it brings is bounded.</summary>
    public const int MaxScopeLength = 500;
}
