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

    public static void MapDashboard(this WebApplication app)
    {
        app.UseStrictTransport(app.Environment);
        app.MapSignIn();
        app.MapLive();
        app.MapPages();
    }
}
