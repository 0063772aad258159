using TraceDemo.DevIdentity.Device;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Login;

/// <summary>Why somebody signs in: for an application in this browser, or for a device elsewhere.</summary>
internal abstract record LoginPurpose(string ClientId);

internal sealed record BrowserLogin(AuthorizationRequest Request) : LoginPurpose(Request.Client.Id);

internal sealed record DeviceLogin(DeviceAuthorization Device) : LoginPurpose(Device.Client.Id)
{
    /// <summary>Who has signed in and is being asked for consent.</summary>
    public UserSession? Session { get; set; }
}
