using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Discovery;

internal static partial class KeyEndpoints
{
    /// <summary>The client that may rotate keys. It is not in the realm, so it receives no token; its clients may not rotate.</summary>
    private const string RotationClient = "key-rotation";

    public static void MapKeys(this IEndpointRouteBuilder protocol) =>
        protocol.MapGet("/certs", (KeyRing keys) => TypedResults.Ok(keys.PublicKeys()));

    /// <summary>Not in Keycloak, where an administrator adds a key of higher
    /// priority. The endpoint exists only if its secret is configured.</summary>
    public static void MapKeyRotation(this IEndpointRouteBuilder realm, DevIdentityOptions options)
    {
        if (options.KeyRotationSecret is { } secret)
        {
            realm.MapPost("/dev/keys/rotate",
                (HttpRequest request, KeyRing keys, ILogger<KeyRing> logger) => Rotate(request, secret, keys, logger));
        }
    }

    private static IResult Rotate(HttpRequest request, string secret, KeyRing keys, ILogger<KeyRing> logger)
    {
        if (BasicCredentials.Parse(request) is not { ClientId: RotationClient } given || !SecretComparison.Same(given.Secret, secret))
        {
            return ProtocolError.InvalidClient;
        }
        var previous = keys.Current.Id;
        var next = keys.Rotate();
        LogRotated(logger, next.Id);
        return TypedResults.Ok(new JsonObject { ["kid"] = next.Id, ["previous"] = previous });
    }

    [LoggerMessage(EventName = "keys.rotated", Level = LogLevel.Information,
        Message = "The signing key was rotated: {KeyId} signs from now on")]
    private static partial void LogRotated(ILogger logger, string keyId);
}
