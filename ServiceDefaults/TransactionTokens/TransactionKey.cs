using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.IdentityModel.Tokens;

namespace TraceDemo.ServiceDefaults.TransactionTokens;

internal sealed record TransactionKey(
    [property: JsonPropertyName("kid")] string Kid,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y)
{
    [JsonPropertyName("kty")] public string Kty => "EC";

    [JsonPropertyName("use")] public string Use => "sig";

    [JsonPropertyName("alg")] public string Alg => TransactionToken.Algorithm;

    public static TransactionKey Of(string keyId, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new TransactionKey(keyId, "P-256", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    public SecurityKey ToSecurityKey() => new JsonWebKey { Kty = Kty, Kid = Kid, Crv = Curve, X = X, Y = Y };
}
