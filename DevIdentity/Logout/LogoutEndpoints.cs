using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Logout;

internal static class LogoutEndpoints
{
    public static void AddLogout(this IServiceCollection services)
    {
        services.AddSingleton<BackchannelLogout>();
        services.AddSingleton<BrowserLogout>();
        services.AddSingleton<BrowserSessionEnd>();
        services.AddSingleton<LogoutQuestion>();
        services.AddSingleton<ServerLogout>();
        services.AddHttpClient(nameof(BackchannelLogout)).ConfigureHttpClient(client => client.Timeout = BackchannelLogout.Timeout);
    }

    public static void MapLogout(this RouteGroupBuilder protocol)
    {
        protocol.MapGet(
            "/logout", (HttpContext context, BrowserLogout logout) => logout.StartAsync(context, name => context.Request.Query[name]));
        protocol.MapPost("/logout", PostAsync);
        protocol.MapPost("/logout/logout-confirm", async (HttpContext context, BrowserLogout logout, CancellationToken cancellationToken) =>
            await logout.ConfirmAsync(context, await Form.ReadAsync(context.Request, cancellationToken)));
    }

    /// <summary>With a refresh token the client itself ends the session, server to server;
    /// without one it is a browser's form (RP-Initiated Logout §2).</summary>
    private static async Task<IResult> PostAsync(
        HttpContext context, BrowserLogout browser, ServerLogout server, CancellationToken cancellationToken)
    {
        var form = await Form.ReadAsync(context.Request, cancellationToken);
        return form["refresh_token"] is { } token
            ? await server.EndAsync(context.Request, token, cancellationToken)
            : await browser.StartAsync(context, name => form[name]);
    }
}
