using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Clients;

/// <summary>Client authentication (RFC 6749 §2.3): client_secret_basic,
/// client_secret_post, private_key_jwt, or none for a public client.</summary>
internal sealed class ClientAuthentication(Realm realm, ClientAssertions assertions)
{
    public async ValueTask<Authenticated> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await Form.ReadAsync(request, cancellationToken);
        var basic = BasicCredentials.Parse(request);
        var clientId = basic is null ? form["client_id"] ?? ClientAssertions.ClientIdOf(form) : basic.ClientId;
        var secret = basic is null ? form["client_secret"] : basic.Secret;

        if (!realm.TryFindClient(clientId, out var client) || !client.Enabled)
        {
            return ProtocolError.InvalidClient;
        }
        if (client.UsesClientAssertion)
        {
            return await assertions.CheckAsync(client, form, cancellationToken) is { } refused ? refused : client;
        }
        if (client.IsPublic)
        {
            return client;
        }
        return secret is not null && client.Secret is not null && SecretComparison.Same(secret, client.Secret)
            ? client
            : ProtocolError.WrongCredentials;
    }
}
