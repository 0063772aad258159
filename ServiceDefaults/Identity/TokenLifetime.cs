using Microsoft.IdentityModel.Tokens;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>Checks a token's lifetime (RFC 7519 §4.1.4, §4.1.5) by the injected clock; the library would use the system's.</summary>
public static class TokenLifetime
{
    /// <summary>Clocks within one system differ by seconds at most; each second more extends the use of a stolen token.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    /// <summary>A token without <c>exp</c> counts as expired.</summary>
    internal static LifetimeValidator By(TimeProvider time) => (notBefore, expires, _, _) =>
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (expires is not { } end || end <= now - ClockSkew)
        {
            throw new SecurityTokenExpiredException();
        }

        return notBefore is null || notBefore <= now + ClockSkew;
    };
}
