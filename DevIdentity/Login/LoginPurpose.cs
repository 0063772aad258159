using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Device;

namespace TraceDemo.DevIdentity.Login;

/// <summary>Why somebody signs in: for an application in this browser, or for a device elsewhere.</summary>
internal abstract record LoginPurpose(string ClientId)
{
    public abstract JsonObject ToJson();
}

internal sealed record BrowserLogin(AuthorizationRequest Request) : LoginPurpose(Request.Client.Id)
{
    public override JsonObject ToJson() => Request.ToJson();
}

internal sealed record DeviceLogin(DeviceAuthorization Device) : LoginPurpose(Device.Client.Id)
{
    public const string Member = "device";

    public override JsonObject ToJson() => new() { [Member] = Device.UserCode };
}
