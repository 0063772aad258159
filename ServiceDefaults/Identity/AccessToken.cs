using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>A raw bearer token. It never converts to text implicitly: only <see cref="Reveal"/> returns it.</summary>
[DebuggerDisplay("[redacted]")]
public sealed class AccessToken
{
    private const int UsualLength = 2048;

    private readonly string _value;

    /// <summary>Wraps a raw token and computes the hash that caches use as key.</summary>
    /// <param name="value">The token as sent in <c>Authorization</c>.</param>
    public AccessToken(string value)
    {
        _value = value;
        Hash = HashOf(value);
    }

    /// <summary>SHA-256 of the raw token, upper-case hex. It identifies the token without being one.</summary>
    public string Hash { get; }

    /// <summary>The <see cref="Hash"/> that a raw token has, without keeping the token.</summary>
    internal static string HashOf(ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Span<byte> utf8 = length <= UsualLength ? stackalloc byte[UsualLength] : new byte[length];
        return Convert.ToHexString(SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
    }

    /// <summary>The raw token, for the code that sends it: never for a log, a span or an error.</summary>
    public string Reveal() => _value;

    /// <summary>Always <c>[redacted]</c>.</summary>
    public override string ToString() => "[redacted]";
}
