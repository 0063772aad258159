using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Device;

namespace TraceDemo.DevIdentity.Login;

internal sealed record DeviceLogin(DeviceAuthorization Device) : LoginPurpose(Device.Client.Id)
{
    public const string Member = "device";

    public override JsonObject ToJson() => new() { [Member] = Device.UserCode };
}
