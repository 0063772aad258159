using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceDemo.Dashboard;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.Dashboard.Traces;
using TraceDemo.ServiceDefaults;
using TraceDemo.Tests.DevIdentity;

namespace TraceDemo.Tests.Dashboard;

/// <summary>The whole Dashboard with a real provider, by real HTTP.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardHost(WebApplication app, Uri address, DevIdentityHost identity, GatewayStandIn gateway) =>
        (_app, Address, Identity, Gateway) = (app, address, identity, gateway);

    public Uri Address { get; }
    public DevIdentityHost Identity { get; }
    public GatewayStandIn Gateway { get; }
    public TraceStore Store => _app.Services.GetRequiredService<TraceStore>();
    public TicketStore Tickets => _app.Services.GetRequiredService<TicketStore>();

    public static async Task<DashboardHost> StartAsync(TimeProvider? time = null)
    {
        // The realm names the Dashboard's address before the Dashboard can choose one.
        var address = new Uri($"http://localhost:{FreePort()}");
        var identity = await DevIdentityHost.StartAsync(new DevIdentitySettings
        {
            Configuration = new Dictionary<string, string?>
            {
                ["DASHBOARD_URL"] = address.GetLeftPart(UriPartial.Authority),
                ["DASHBOARD_BACKCHANNEL_URL"] = address.GetLeftPart(UriPartial.Authority),
            },
        });
        var gateway = await GatewayStandIn.StartAsync();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = address.AbsoluteUri;
        builder.Configuration["Otlp:Url"] = "http://127.0.0.1:0";
        builder.Configuration["Identity:Authority"] = identity.Authority;
        builder.Configuration["Identity:ClientSecret"] = "dev-only-dashboard";
        builder.Configuration["services:gateway:http:0"] = gateway.Address.AbsoluteUri;
        if (time is not null) { builder.Services.AddSingleton(time); }
        builder.AddServiceDefaults();
        builder.AddDashboard();
        var app = builder.Build();
        app.MapDashboard();
        app.MapDefaultEndpoints();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new DashboardHost(app, address, identity, gateway);
    }

    public Visitor Visit() => new(Address);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        await Gateway.DisposeAsync();
        await Identity.DisposeAsync();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
