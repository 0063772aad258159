using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Clients;

/// <summary>The public keys of clients that sign assertions, from their <c>jwks.url</c>;
/// an unknown key id triggers a fetch, at most every ten seconds.</summary>
internal sealed partial class ClientKeys(IHttpClientFactory http, TimeProvider time, ILogger<ClientKeys> logger)
{
    public const int MaxKeySetBytes = 64 * 1024;

    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Fetched> _fetched = new(StringComparer.Ordinal);

    public static bool Supports(string? algorithm) => algorithm is "RS256" or "PS256" or "ES256";

    public async ValueTask<JsonElement?> FindAsync(RealmClient client, string? keyId, CancellationToken cancellationToken)
    {
        if (client.Attribute("jwks.string") is { } inline && client.IsOn("use.jwks.string"))
        {
            return Find(Parse(inline), keyId);
        }
        if (client.Attribute("jwks.url") is not { } url || !client.IsOn("use.jwks.url"))
        {
            return null;
        }
        if (_fetched.TryGetValue(url, out var cached))
        {
            if (Find(cached.Keys, keyId) is { } known)
            {
                return known;
            }
            if (time.GetUtcNow() - cached.At < MinInterval)
            {
                return null;
            }
        }

        var fetched = new Fetched(await FetchAsync(url, cancellationToken), time.GetUtcNow());
        _fetched[url] = fetched;
        return Find(fetched.Keys, keyId);
    }

    public static bool Verify(JsonElement key, JsonWebSignature assertion)
    {
        try
        {
            return assertion.Algorithm switch
            {
                "RS256" => Rsa(key).VerifyData(
                    assertion.SigningInput, assertion.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                "PS256" => Rsa(key).VerifyData(
                    assertion.SigningInput, assertion.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
                "ES256" => Ecdsa(key).VerifyData(assertion.SigningInput, assertion.Signature, HashAlgorithmName.SHA256),
                _ => false,
            };
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<JsonElement>> FetchAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            using var client = http.CreateClient(nameof(ClientKeys));
            return Parse(await client.GetStringAsync(new Uri(url), cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            LogUnreachable(url, exception);
            return [];
        }
    }

    private static JsonElement[] Parse(string keySet)
    {
        using var document = JsonDocument.Parse(keySet);
        return document.RootElement.TryGetProperty("keys", out var keys) ? [.. keys.EnumerateArray().Select(key => key.Clone())] : [];
    }

    private static JsonElement? Find(IReadOnlyList<JsonElement> keys, string? keyId)
    {
        foreach (var key in keys)
        {
            if (key.Text("kid") == keyId && (key.Text("use") ?? "sig") == "sig")
            {
                return key;
            }
        }

        return null;
    }

    private static RSA Rsa(JsonElement key) =>
        RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") });

    private static ECDsa Ecdsa(JsonElement key) =>
        ECDsa.Create(
            new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") } });

    private static byte[] Bytes(JsonElement key, string name) => Base64Url.DecodeFromChars(key.Text(name) ?? "");

    [LoggerMessage(EventName = "client_keys.unreachable", Level = LogLevel.Warning, Message = "The key set at {Url} could not be read")]
    private partial void LogUnreachable(string url, Exception exception);

    private sealed record Fetched(IReadOnlyList<JsonElement> Keys, DateTimeOffset At);
}
