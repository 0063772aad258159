using TraceDemo.Dashboard.Forwarding;
using TraceDemo.Dashboard.KeyRing;
using TraceDemo.Dashboard.Live;
using TraceDemo.Dashboard.Pages;
using TraceDemo.Dashboard.Receiver;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.Dashboard.Traces;
using TraceDemo.Dashboard.TryIt;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.Dashboard;

internal static class DashboardExtensions
{
    public static WebApplicationBuilder AddDashboard(this WebApplicationBuilder builder)
    {
        builder.Services.AddStrictTransport();
        return builder.AddKeyRing()
            .AddSignIn()
            .AddTraces()
            .AddForwarding()
            .AddReceiver()
            .AddTryIt()
            .AddLive()
            .AddPages();
    }

    /// <summary>The order matters: a page waits for its turn before its form is checked, and the check may render a page.</summary>
    public static WebApplication UseDashboard(this WebApplication app)
    {
        app.UseStrictTransport(app.Environment);
        app.UseLive();
        app.UsePages();
        return app;
    }

    public static void MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSignIn();
        endpoints.MapLive();
        endpoints.MapPages();
    }
}
