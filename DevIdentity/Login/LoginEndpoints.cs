using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Login;

internal static class LoginEndpoints
{
    public static void AddLogin(this IServiceCollection services)
    {
        services.AddSingleton<Pages>();
        services.AddSingleton<BrowserCookies>();
        services.AddSingleton<PersonAuthentication>();
        services.AddSingleton<AuthorizationCodes>();
        services.AddSingleton<FormSeal>();
        services.AddSingleton<LoginForms>();
        services.AddSingleton<BrowserForms>();
        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<LoginCompletion>();
        services.AddSingleton<LoginFlow>();
        services.AddSingleton<AuthorizationEndpoint>();
        services.AddSingleton<AuthorizationSignIn>();
        services.AddSingleton<DevicePages>();
    }

    public static void MapAuthorization(this RouteGroupBuilder protocol) =>
        protocol.MapGet("/auth", (HttpContext context, AuthorizationEndpoint endpoint) => endpoint.Handle(context));

    public static void MapLogin(this RouteGroupBuilder realm)
    {
        realm.MapGet("/login-actions/authenticate", Resume);
        realm.MapPost("/login-actions/authenticate", async (HttpContext context, LoginFlow flow, CancellationToken cancellationToken) =>
            flow.Submit(context, await Form.ReadAsync(context.Request, cancellationToken)));
    }

    /// <summary>The login page at its own address; a signed-in browser
    /// passes through, unless the form requires the password.</summary>
    private static IResult Resume(HttpContext context, BrowserForms browser, LoginFlow flow)
    {
        if (browser.Find(context) is not { } form)
        {
            return browser.Expired();
        }
        return !form.Purpose.NeedsPassword && browser.SignedIn(context) is { } session ? flow.SignOn(form, session) : browser.Show(form);
    }
}
