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
        services.AddSingleton<LoginParts>();
        services.AddSingleton<LoginFlow>();
        services.AddSingleton<AuthorizationEndpoint>();
    }

    public static void MapAuthorization(this RouteGroupBuilder protocol) =>
        protocol.MapGet("/auth", (HttpContext context, AuthorizationEndpoint endpoint) => endpoint.Handle(context));

    public static void MapLogin(this RouteGroupBuilder realm)
    {
        realm.MapGet("/login-actions/authenticate", Resume);
        realm.MapPost("/login-actions/authenticate", async (HttpContext context, LoginFlow flow, CancellationToken cancellationToken) =>
            flow.Submit(context, await Form.ReadAsync(context.Request, cancellationToken)));
    }

    /// <summary>The login page at an address of its own; a browser that is signed in
    /// passes through, unless the form demands the password.</summary>
    private static IResult Resume(HttpContext context, LoginFlow flow)
    {
        if (flow.Find(context) is not { } form) { return flow.Expired(); }
        return !form.Purpose.NeedsPassword && flow.SignedIn(context) is { } session ? flow.SignOn(form, session) : flow.Show(form);
    }
}
