using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Login;

internal static class LoginEndpoints
{
    public static WebApplicationBuilder AddLogin(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Pages>();
        builder.Services.AddSingleton<BrowserCookies>();
        builder.Services.AddSingleton<PersonAuthentication>();
        builder.Services.AddSingleton<AuthorizationCodes>();
        builder.Services.AddSingleton<FormSeal>();
        builder.Services.AddSingleton<LoginForms>();
        builder.Services.AddSingleton<BrowserForms>();
        builder.Services.AddSingleton<BrowserSessions>();
        builder.Services.AddSingleton<LoginCompletion>();
        builder.Services.AddSingleton<LoginFlow>();
        builder.Services.AddSingleton<AuthorizationEndpoint>();
        builder.Services.AddSingleton<AuthorizationSignIn>();
        builder.Services.AddSingleton<DevicePages>();
        return builder;
    }

    public static void MapAuthorization(this IEndpointRouteBuilder protocol) =>
        protocol.MapGet("/auth", (HttpContext context, AuthorizationEndpoint endpoint) => endpoint.Handle(context));

    public static void MapLogin(this IEndpointRouteBuilder realm)
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
