using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

/// <summary>The wire form of a transaction token (draft-ietf-oauth-transaction-tokens).</summary>
public static class TransactionToken
{
    /// <summary>The header that carries it. It is never sent in <c>Authorization</c>, because it is not a bearer token.</summary>
    public const string Header = "Txn-Token";

    internal const string Type = "txntoken+jwt";
    internal const string Algorithm = SecurityAlgorithms.EcdsaSha256;

    internal static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    internal static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 8,
    };

    /// <summary>
    /// Reads the header: exactly one token, or null. A recipient must not choose between two, whether they are in one line or in two
    /// (RFC 9110 §5.3).
    /// </summary>
    /// <param name="headers">The headers of the request.</param>
    public static string? Read(IHeaderDictionary headers) =>
        headers[Header] is [{ Length: > 0 } token] && !token.Contains(',', StringComparison.Ordinal) ? token : null;

    internal sealed record Payload
    {
        [JsonPropertyName("iss")] public string? Issuer { get; init; }
        [JsonPropertyName("iat")] public long IssuedAt { get; init; }
        [JsonPropertyName("exp")] public long ExpiresAt { get; init; }
        [JsonPropertyName("aud")] public string? Audience { get; init; }
        [JsonPropertyName("txn")] public string? Id { get; init; }
        [JsonPropertyName("sub")] public string? Subject { get; init; }
        [JsonPropertyName("sid")] public string? SessionId { get; init; }
        [JsonPropertyName("scope")] public string? Scope { get; init; }
        [JsonPropertyName("req_wl")] public string? RequestingWorkload { get; init; }
        [JsonPropertyName("act")] public Actor? Act { get; init; }
        [JsonPropertyName("tctx")] public IReadOnlyDictionary<string, string>? Context { get; init; }
    }

    internal sealed record Actor([property: JsonPropertyName("sub")] string? Subject);
}
