using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Clients;

/// <summary>Who calls: exactly one of the two is set.</summary>
internal readonly record struct Authenticated(RealmClient? Client, ProtocolError? Error)
{
    public static implicit operator Authenticated(RealmClient client) => new(client, null);
    public static implicit operator Authenticated(ProtocolError error) => new(null, error);
}

/// <summary>Client authentication (RFC 6749 §2.3): client_secret_basic, client_secret_post, private_key_jwt, or none for a public client.</summary>
internal sealed class ClientAuthentication(Realm realm, ClientAssertions assertions)
{
    public async ValueTask<Authenticated> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await Form.ReadAsync(request, cancellationToken);
        var basic = TryReadBasic(request, out var clientId, out var secret);
        if (!basic)
        {
            clientId = form["client_id"] ?? ClientAssertions.ClientIdOf(form);
            secret = form["client_secret"];
        }

        if (!realm.TryFindClient(clientId, out var client) || !client.Enabled) { return ProtocolError.InvalidClient; }
        if (client.UsesClientAssertion) { return await assertions.CheckAsync(client, form, cancellationToken) is { } refused ? refused : client; }
        if (client.IsPublic) { return client; }
        return secret is not null && client.Secret is not null && SameSecret(secret, client.Secret) ? client : ProtocolError.WrongCredentials;
    }

    /// <summary>Hashed first, so that the time tells nothing about the length either.</summary>
    private static bool SameSecret(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    private static bool TryReadBasic(HttpRequest request, [NotNullWhen(true)] out string? clientId, [NotNullWhen(true)] out string? secret)
    {
        clientId = secret = null;
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Parameter is null) { return false; }
        if (!string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)) { return false; }
        Span<byte> bytes = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, bytes, out var length)) { return false; }
        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) { return false; }
        // RFC 6749 §2.3.1: both parts are form-urlencoded before they are joined.
        clientId = Uri.UnescapeDataString(pair[..colon].Replace('+', ' '));
        secret = Uri.UnescapeDataString(pair[(colon + 1)..].Replace('+', ' '));
        return true;
    }
}
