using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Device;

namespace TraceDemo.DevIdentity.Login;

/// <summary>Why somebody signs in: for an application in this browser, or for a device elsewhere.</summary>
internal abstract record LoginPurpose(string ClientId)
{
    /// <summary>True when a session that the browser has already is not enough.</summary>
    public virtual bool NeedsPassword => false;

    public abstract JsonObject ToJson();
}

/// <param name="Request">What the application asked for.</param>
/// <param name="Reauthenticates">
/// The application demanded that the person signs in now (OpenID Connect Core §3.1.2.1, <c>prompt=login</c> and <c>max_age</c>). It travels
/// with the form, because whoever opens the form again by its address sends those parameters no more.
/// </param>
internal sealed record BrowserLogin(AuthorizationRequest Request, bool Reauthenticates) : LoginPurpose(Request.Client.Id)
{
    public const string Member = "re";

    public override bool NeedsPassword => Reauthenticates;

    public override JsonObject ToJson()
    {
        var content = Request.ToJson();
        content[Member] = Reauthenticates;
        return content;
    }
}

internal sealed record DeviceLogin(DeviceAuthorization Device) : LoginPurpose(Device.Client.Id)
{
    public const string Member = "device";

    public override JsonObject ToJson() => new() { [Member] = Device.UserCode };
}
