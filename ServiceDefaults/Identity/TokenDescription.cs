using System.Security.Cryptography;
using System.Text;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>A token as spans describe it. Computed once per token, because requests repeat the same token.</summary>
internal sealed class TokenDescription(IEnumerable<string> audiences, IEnumerable<string> scopes, TimeSpan lifetime, string? tokenId)
{
    public string[] Audiences { get; } = [.. audiences.Order(StringComparer.Ordinal)];

    public string Scope { get; } = string.Join(' ', scopes.Order(StringComparer.Ordinal));

    /// <summary>In seconds, from <c>iat</c> to <c>exp</c>.</summary>
    public long Lifetime { get; } = (long)lifetime.TotalSeconds;

    /// <summary>Enough of a hash to see whether a token changed; too little to recover the <c>jti</c>.</summary>
    public string? ShortId { get; } = tokenId is null
        ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tokenId)).AsSpan(0, 6));
}
