using TraceDemo.DevIdentity.Protocol;

namespace TraceDemo.DevIdentity.Logout;

internal static class LogoutEndpoints
{
    public static WebApplicationBuilder AddLogout(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BackchannelLogout>();
        builder.Services.AddSingleton<BrowserLogout>();
        builder.Services.AddSingleton<BrowserSessionEnd>();
        builder.Services.AddSingleton<LogoutQuestion>();
        builder.Services.AddSingleton<ServerLogout>();
        builder.Services.AddHttpClient(nameof(BackchannelLogout))
            .ConfigureHttpClient(client => client.Timeout = BackchannelLogout.Timeout);
        return builder;
    }

    public static void MapLogout(this IEndpointRouteBuilder protocol)
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
