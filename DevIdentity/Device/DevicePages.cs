using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Login;
using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Device;

/// <summary>What the person of a device sees; consent is asked for always, or a link with a code in it would be enough to sign a stranger's device in.</summary>
internal sealed class DevicePages(DeviceAuthorizations devices, Issuer issuer, Pages pages, LoginFlow flow, PendingForms<LoginPurpose> forms)
{
    public IResult Enter(HttpContext context, string? userCode)
    {
        var action = $"{issuer.Path}/device";
        if (userCode is null) { return pages.DeviceCode(action, failed: false); }
        if (devices.FindByUserCode(userCode) is not { } device) { return pages.DeviceCode(action, failed: true); }
        return flow.Open(context, new DeviceLogin(device)) is { } form ? Results.Redirect(flow.ActionPath("authenticate", form)) : ProtocolError.StoreFull;
    }

    public IResult Ask(HttpContext context) =>
        flow.Find(context) is { Purpose: DeviceLogin { Session: not null } login } form
            ? pages.Consent(new Uri(flow.ActionPath("consent", form)).PathAndQuery, form.Code, login.ClientId)
            : flow.Expired();

    public IResult Answer(HttpContext context, Form fields)
    {
        if (flow.Find(context) is not { Purpose: DeviceLogin { Session: { } session } login } form) { return flow.Expired(); }
        if (!form.TryUse(BrowserCookies.BrowserId(context), fields["code"])) { return flow.Expired(); }
        forms.Close(form);
        var granted = fields["accept"] is not null && fields["cancel"] is null;
        if (!login.Device.TryAnswer(granted ? session : null)) { return flow.Expired(); }
        return Results.Redirect($"{issuer.Value}/device/status{(granted ? "" : "?error=access_denied")}");
    }

    public IResult Status(string? error) => error is null
        ? pages.Message("Device Login Successful", "You may close this browser window and go back to your device.")
        : pages.Message("Device Login Failed", "Consent denied for connecting the device.");
}
