using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Clients;

namespace TraceDemo.DevIdentity.Keys;

internal static partial class KeyEndpoints
{
    public static void MapKeys(this RouteGroupBuilder protocol) => protocol.MapGet("/certs", (KeyRing keys) => TypedResults.Ok(keys.PublicKeys()));

    /// <summary>Not on Keycloak, where an administrator adds a key of higher priority. Any confidential client of the realm may ask.</summary>
    public static void MapKeyRotation(this RouteGroupBuilder realm) => realm.MapPost("/dev/keys/rotate", RotateAsync);

    private static async Task<IResult> RotateAsync(HttpRequest request, ClientAuthentication clients, KeyRing keys, ILogger<KeyRing> logger, CancellationToken cancellationToken)
    {
        var authentication = await clients.AuthenticateAsync(request, cancellationToken);
        if (authentication.Client is not { IsPublic: false } client) { return authentication.Error ?? Protocol.ProtocolError.InvalidClient; }
        var previous = keys.Current.Id;
        var next = keys.Rotate();
        Rotated(logger, client.Id, next.Id);
        return TypedResults.Ok(new JsonObject { ["kid"] = next.Id, ["previous"] = previous });
    }

    [LoggerMessage(EventName = "keys.rotated", Level = LogLevel.Information, Message = "Client {Client} rotated the signing key: {KeyId} signs from now on.")]
    private static partial void Rotated(ILogger logger, string client, string keyId);
}
