using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Login;

/// <summary>The pages where a device's person enters the code, signs in and consents (RFC 8628 §3.3).</summary>
internal static class DevicePageEndpoints
{
    public static void MapDevicePages(this IEndpointRouteBuilder realm)
    {
        realm.MapGet("/device", (HttpContext context, DevicePages device) => device.Enter(context, context.Request.Query["user_code"]));
        realm.MapPost("/device", async (HttpContext context, DevicePages device, CancellationToken cancellationToken) =>
            device.Enter(context, (await Form.ReadAsync(context.Request, cancellationToken))["device_user_code"] ?? ""));
        realm.MapGet("/device/status", (HttpContext context, DevicePages device) => device.Status(context.Request.Query["error"]));
        realm.MapGet("/login-actions/required-action", (HttpContext context, DevicePages device) => device.Ask(context));
        realm.MapPost("/login-actions/consent", async (HttpContext context, DevicePages device, CancellationToken cancellationToken) =>
            device.Answer(context, await Form.ReadAsync(context.Request, cancellationToken)));
    }
}
