using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TraceDemo.DevIdentity.Keys;

/// <summary>An RSA key pair of the realm. RSA instances are not guaranteed to be thread-safe, so each operation rents one.</summary>
internal sealed class RsaKey : IDisposable
{
    private readonly RSAParameters _parameters;
    private readonly ConcurrentBag<RSA> _idle = [];

    public RsaKey(string algorithm, string use)
    {
        var rsa = RSA.Create(2048);
        _parameters = rsa.ExportParameters(includePrivateParameters: true);
        _idle.Add(rsa);
        var n = Base64Url.EncodeToString(_parameters.Modulus);
        var e = Base64Url.EncodeToString(_parameters.Exponent);
        // RFC 7638 §3.1: the thumbprint of the required members in lexicographic order.
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"e":"{{e}}","kty":"RSA","n":"{{n}}"}""")));
        PublicKey = () => new JsonObject { ["kid"] = Id, ["kty"] = "RSA", ["alg"] = algorithm, ["use"] = use, ["n"] = n, ["e"] = e };
    }

    public string Id { get; }

    /// <summary>The public key as a JWK (RFC 7517).</summary>
    public Func<JsonObject> PublicKey { get; }

    public byte[] Sign(byte[] input) => With(rsa => rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public bool Verify(byte[] input, byte[] signature) =>
        With(rsa => rsa.VerifyData(input, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public void Dispose()
    {
        while (_idle.TryTake(out var rsa))
        {
            rsa.Dispose();
        }
    }

    private T With<T>(Func<RSA, T> operation)
    {
        if (!_idle.TryTake(out var rsa))
        {
            rsa = RSA.Create(_parameters);
        }
        try
        {
            return operation(rsa);
        }
        finally
        {
            _idle.Add(rsa);
        }
    }
}
