using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TraceDemo.DevIdentity.Protocol;

/// <summary>Proof key for code exchange (RFC 7636), method S256, always required.</summary>
internal static class Pkce
{
    public const string Method = "S256";

    /// <summary>The error in the challenge of an authorization request, or null.</summary>
    public static string? CheckChallenge(string? method, string? challenge) =>
        string.IsNullOrEmpty(method) ? "Missing parameter: code_challenge_method"
        : method != Method ? "Invalid parameter: code challenge method is not matching the configured one"
        : string.IsNullOrEmpty(challenge) ? "Missing parameter: code_challenge"
        : IsWellFormed(challenge) ? null
        : "Invalid parameter: code_challenge";

    public static ProtocolError? CheckVerifier(string challenge, string? verifier)
    {
        if (verifier is null)
        {
            return ProtocolError.InvalidGrant("PKCE code verifier not specified");
        }
        if (!IsWellFormed(verifier))
        {
            return ProtocolError.InvalidGrant("PKCE verification failed: Invalid code verifier");
        }
        var expected = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(challenge))
            ? null
            : ProtocolError.InvalidGrant("PKCE verification failed: Code mismatch");
    }

    /// <summary>RFC 7636 §4.1: 43 to 128 unreserved characters.</summary>
    private static bool IsWellFormed(string value) =>
        value.Length is >= 43 and <= 128 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');
}
