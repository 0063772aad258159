using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>
/// The exchange cache's key: SHA-256 over a length-prefixed tuple, so that two different requests never have the same key.
/// It includes the subject's <c>exp</c>, because no result is used past it.
/// </summary>
internal readonly record struct ExchangeKey(string Value, DateTimeOffset SubjectExpires)
{
    private const string RequestedTokenType = "urn:ietf:params:oauth:token-type:access_token";

    private const int UsualLength = 512;

    // A token must not expire on its way to the next hop.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    public static ExchangeKey Of(ExchangeRequest request, string issuer)
    {
        // One buffer and one call: an incremental hash would allocate a cryptographic object for each look-up.
        var tuple = new ArrayBufferWriter<byte>(UsualLength);
        Append(tuple, request.Subject.Token.Hash);
        Append(tuple, request.Requester.Client.Value);
        AppendAll(tuple, request.Plan.Audiences.Select(audience => audience.Value));
        AppendAll(tuple, request.Plan.Scopes);
        Append(tuple, RequestedTokenType);
        Append(tuple, issuer);
        return new ExchangeKey(Convert.ToHexString(SHA256.HashData(tuple.WrittenSpan)), request.Subject.ExpiresAt);
    }

    /// <summary>How long a token may be used for this key: until 30 seconds before its own
    /// <c>exp</c>, and never past that of the token it was exchanged for.</summary>
    public DateTimeOffset UsableUntil(ExchangedToken token)
    {
        var soon = token.ExpiresAt - Margin;
        return soon < SubjectExpires ? soon : SubjectExpires;
    }

    private static void AppendAll(ArrayBufferWriter<byte> tuple, IEnumerable<string> parts)
    {
        var sorted = parts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Append(tuple, sorted.Length);
        foreach (var part in sorted)
        {
            Append(tuple, part);
        }
    }

    private static void Append(ArrayBufferWriter<byte> tuple, string part)
    {
        Append(tuple, Encoding.UTF8.GetByteCount(part));
        Encoding.UTF8.GetBytes(part, tuple);
    }

    private static void Append(ArrayBufferWriter<byte> tuple, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(tuple.GetSpan(sizeof(int)), length);
        tuple.Advance(sizeof(int));
    }
}
