using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>
/// The exchange cache's key: SHA-256 over a length-prefixed tuple, so that no two different requests can read the same however their
/// parts are cut. The subject's <c>exp</c> goes with it, because no answer is used past that.
/// </summary>
internal readonly record struct ExchangeKey(string Value, DateTimeOffset SubjectExpires)
{
    private const string RequestedTokenType = "urn:ietf:params:oauth:token-type:access_token";

    public static ExchangeKey Of(ExchangeRequest request, string issuer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, request.Subject.Token.Hash);
        Append(hash, request.Requester.Client.Value);
        AppendAll(hash, request.Plan.Audiences.Select(audience => audience.Value));
        AppendAll(hash, request.Plan.Scopes);
        Append(hash, RequestedTokenType);
        Append(hash, issuer);
        return new ExchangeKey(Convert.ToHexString(hash.GetHashAndReset()), request.Subject.ExpiresAt);
    }

    private static void AppendAll(IncrementalHash hash, IEnumerable<string> parts)
    {
        var sorted = parts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Append(hash, sorted.Length);
        foreach (var part in sorted) { Append(hash, part); }
    }

    private static void Append(IncrementalHash hash, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, int length)
    {
        Span<byte> prefix = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(prefix, length);
        hash.AppendData(prefix);
    }
}
