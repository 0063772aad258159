using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.DevIdentity.Clients;

/// <summary>private_key_jwt (RFC 7523 §3): the client authenticates with a token it signed.</summary>
internal sealed class ClientAssertions(Issuer issuer, ClientKeys keys, TimeProvider time)
{
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private const int MaxUsedPerClient = 50_000;

    private readonly ExpiringMap<bool> _used =
        new(new MapBounds { EntriesPerOwner = MaxUsedPerClient, WhenShareFull = FullShare.Refuses }, time);

    /// <summary>The client that an assertion names, untrusted until <see cref="CheckAsync"/> has succeeded.</summary>
    public static string? ClientIdOf(Form form) =>
        form["client_assertion_type"] == AssertionType && JsonWebSignature.TryParse(form["client_assertion"], out var assertion)
            ? assertion.Payload.Text("sub") : null;

    public async ValueTask<ProtocolError?> CheckAsync(RealmClient client, Form form, CancellationToken cancellationToken)
    {
        if (form["client_assertion_type"] is not { } type)
        {
            return Refused("Parameter client_assertion_type is missing");
        }
        if (type != AssertionType)
        {
            return Refused($"Parameter client_assertion_type has value '{type}' but expected is '{AssertionType}'");
        }
        if (form["client_assertion"] is not { } text)
        {
            return Refused("client_assertion parameter missing");
        }
        if (!JsonWebSignature.TryParse(text, out var assertion))
        {
            return Refused("Client authentication with signed JWT failed: Parsing error");
        }
        if (assertion.Payload.Text("sub") != client.Id)
        {
            return ProtocolError.WrongCredentials;
        }
        if (assertion.Payload.Text("iss") != client.Id)
        {
            return ProtocolError.InvalidClient;
        }
        return await CheckSignatureAsync(client, assertion, cancellationToken) ?? CheckAudience(assertion) ?? CheckLifetime(assertion)
            ?? CheckFirstUse(client, assertion);
    }

    /// <summary>The last check: nothing is stored before the others have succeeded.</summary>
    public ProtocolError? CheckFirstUse(RealmClient client, JsonWebSignature assertion)
    {
        if (assertion.Payload.Text("jti") is not { } id)
        {
            return Refused("Token jti claim is required");
        }
        var expires = DateTimeOffset.FromUnixTimeSeconds(
            Math.Min(assertion.Payload.Number("exp")!.Value, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
        // The client controls the length of an id; its hash has a fixed length.
        var key = $"{client.Id}\n{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
        return _used.Add(client.Id, key, value: true, expires) switch
        {
            Addition.Added => null,
            Addition.KeyTaken => Refused("Token reuse detected"),
            Addition.ShareFull => ProtocolError.StoreFull,
            _ => throw new UnreachableException(),
        };
    }

    private async ValueTask<ProtocolError?> CheckSignatureAsync(
        RealmClient client, JsonWebSignature assertion, CancellationToken cancellationToken)
    {
        var expected = client.Attribute("token.endpoint.auth.signing.alg");
        if (!ClientKeys.Supports(assertion.Algorithm) || (expected ?? assertion.Algorithm) != assertion.Algorithm)
        {
            return Refused("Invalid signature algorithm");
        }
        if (await keys.FindAsync(client, assertion.KeyId, cancellationToken) is not { } key)
        {
            return Refused("Unable to load public key");
        }
        return ClientKeys.Verify(key, assertion)
            ? null
            : Refused("Client authentication with signed JWT failed: Signature on JWT token failed validation");
    }

    /// <summary>Exactly one audience, this server: another server that also accepts
    /// the assertion could have replayed it.</summary>
    private ProtocolError? CheckAudience(JsonWebSignature assertion)
    {
        var audiences = assertion.Payload.Texts("aud");
        if (audiences.Count > 1)
        {
            return Refused("Multiple audiences not allowed");
        }
        string[] accepted = [issuer.Value, $"{issuer.Protocol}/token", $"{issuer.Protocol}/token/introspect"];
        return audiences.Count == 1 && accepted.Contains(audiences[0], StringComparer.Ordinal) ? null : Refused("Invalid token audience");
    }

    private ProtocolError? CheckLifetime(JsonWebSignature assertion)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (assertion.Payload.Number("exp") is not { } expires)
        {
            return Refused("Token exp claim is required");
        }
        return expires > now && (assertion.Payload.Number("nbf") ?? now) <= now ? null : Refused("Token is not active");
    }

    private static ProtocolError Refused(string description) => new(400, "invalid_client", description);
}
