using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Clients;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Device;

/// <summary>Device authorization (RFC 8628 §3.1): the device's start. The person's pages are in <c>Login/DevicePages</c>.</summary>
internal static class DeviceEndpoints
{
    public static void MapDeviceAuthorization(this IEndpointRouteBuilder protocol) => protocol.MapPost("/auth/device", StartAsync);

    private static async Task<IResult> StartAsync(
        HttpRequest request, ClientAuthentication clients, DeviceAuthorizations devices, Issuer issuer, CancellationToken cancellationToken)
    {
        var form = await Form.ReadAsync(request, cancellationToken);
        var authentication = await clients.AuthenticateAsync(request, cancellationToken);
        if (!authentication.IsClient(out var client, out var error))
        {
            return error;
        }
        if (!client.DeviceFlow)
        {
            return new ProtocolError(400, "unauthorized_client",
                "Client is not allowed to initiate OAuth 2.0 Device Authorization Grant. The flow is disabled for the client.");
        }

        if (form.HasDuplicates)
        {
            return ProtocolError.InvalidRequest("duplicated parameter");
        }
        if (Pkce.CheckChallenge(form["code_challenge_method"], form["code_challenge"]) is { } fault)
        {
            return ProtocolError.InvalidRequest(fault);
        }
        if (form["scope"] is { Length: > DeviceRequest.MaxScopeLength })
        {
            return new ProtocolError(400, "invalid_scope", "The scope is too long");
        }
        var device = devices.Start(new DeviceRequest(client, form["scope"], form["code_challenge"]!));
        return TypedResults.Ok(new JsonObject
        {
            ["device_code"] = device.DeviceCode,
            ["user_code"] = device.UserCode,
            ["verification_uri"] = $"{issuer.Value}/device",
            ["verification_uri_complete"] = $"{issuer.Value}/device?user_code={device.UserCode}",
            ["expires_in"] = (int)DeviceAuthorizations.Lifetime.TotalSeconds,
            ["interval"] = (int)DeviceAuthorization.Interval.TotalSeconds,
        });
    }
}
