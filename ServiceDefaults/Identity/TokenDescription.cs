using System.Security.Cryptography;
using System.Text;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>A token as spans describe it. Worked out once per token, because the same token comes with request after request.</summary>
internal sealed class TokenDescription(IEnumerable<string> audiences, IEnumerable<string> scopes, TimeSpan lifetime, string? tokenId)
{
    public string[] Audiences { get; } = [.. audiences.Order(StringComparer.Ordinal)];

    public string Scope { get; } = string.Join(' ', scopes.Order(StringComparer.Ordinal));

    /// <summary>In seconds, from <c>iat</c> to <c>exp</c>.</summary>
    public long Lifetime { get; } = (long)lifetime.TotalSeconds;

    /// <summary>Enough of a hash to see that a token changed or stayed the same; too little to find the <c>jti</c>.</summary>
    public string? ShortId { get; } = tokenId is null
        ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tokenId)).AsSpan(0, 6));
}
