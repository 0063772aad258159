using TraceDemo.DevIdentity.Device;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Login;

/// <summary>The pages for a device's person. Consent is always required; otherwise a link with a
/// code would be enough to sign in another person's device.</summary>
internal sealed class DevicePages(DeviceAuthorizations devices, Issuer issuer, Pages pages, BrowserForms browser, LoginForms forms)
{
    public IResult Enter(HttpContext context, string? userCode)
    {
        var action = $"{issuer.Path}/device";
        if (userCode is null)
        {
            return pages.DeviceCode(action, failed: false);
        }
        if (devices.FindByUserCode(userCode) is not { } device)
        {
            return pages.DeviceCode(action, failed: true);
        }
        return Results.Redirect(browser.ActionPath("authenticate", browser.Open(context, new DeviceLogin(device))));
    }

    public IResult Ask(HttpContext context)
    {
        if (browser.Find(context) is not { Purpose: DeviceLogin login } form || browser.SignedIn(context) is not { } session)
        {
            return browser.Expired();
        }
        devices.Ask(login.Device, session.User);
        return pages.Consent(new Uri(browser.ActionPath("consent", form)).PathAndQuery, forms.Code(form, session), login.ClientId);
    }

    /// <summary>The code belongs to the session that saw the question:
    /// a person who has signed in since cannot answer it.</summary>
    public IResult Answer(HttpContext context, Form fields)
    {
        if (browser.Find(context) is not { Purpose: DeviceLogin login } form || browser.SignedIn(context) is not { } session)
        {
            return browser.Expired();
        }
        if (!forms.IsCode(form, session, fields["code"]))
        {
            return browser.Expired();
        }
        var granted = fields["accept"] is not null && fields["cancel"] is null;
        if (!login.Device.TryAnswer(granted ? session : null))
        {
            return browser.Expired();
        }
        return Results.Redirect($"{issuer.Value}/device/status{(granted ? "" : "?error=access_denied")}");
    }

    public IResult Status(string? error) => error is null
        ? pages.Message("Device Login Successful", "You may close this browser window and go back to your device.")
        : pages.Message("Device Login Failed", "Consent denied for connecting the device.");
}
