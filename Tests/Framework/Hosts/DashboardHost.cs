using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceDemo.Dashboard;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.Dashboard.Traces;
using TraceDemo.ServiceDefaults;
using TraceDemo.Standalone.Instance;
using TraceDemo.Tests.Framework.Http;
using TraceDemo.Tests.Framework.Peers;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>The whole Dashboard with a real provider, by real HTTP.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly DashboardHost? _original;
    private WebApplication _app;

    private DashboardHost(WebApplication app, Uri address, DevIdentityHost identity, GatewayStandIn gateway, DashboardHost? original)
    {
        _app = app;
        Address = address;
        Identity = identity;
        Gateway = gateway;
        _original = original;
    }

    public Uri Address { get; }
    public DevIdentityHost Identity { get; }
    public GatewayStandIn Gateway { get; }
    public IServiceProvider Services => _app.Services;
    public TraceStore Store => _app.Services.GetRequiredService<TraceStore>();
    public TicketStore Tickets => _app.Services.GetRequiredService<TicketStore>();

    public static async Task<DashboardHost> StartAsync(TimeProvider? time = null, Action<WebApplicationBuilder>? before = null)
    {
        // The realm names the Dashboard's address before the Dashboard can choose one.
        var address = new Uri($"http://localhost:{FreePorts.NextPort()}");
        var identity = await DevIdentityHost.StartAsync(new DevIdentitySettings
        {
            Time = time ?? TimeProvider.System,
            Configuration = new Dictionary<string, string?>
            {
                ["DASHBOARD_URL"] = address.GetLeftPart(UriPartial.Authority),
                ["DASHBOARD_BACKCHANNEL_URL"] = address.GetLeftPart(UriPartial.Authority),
            },
        });
        var gateway = await GatewayStandIn.StartAsync();
        return new DashboardHost(await RunAsync(address, identity, gateway, Configure(time, before)), address, identity,
            gateway, original: null);
    }

    /// <summary>Another replica, at an address of its own.</summary>
    public async Task<DashboardHost> StartReplicaAsync(TimeProvider? time = null, Action<WebApplicationBuilder>? before = null)
    {
        var address = new Uri($"http://localhost:{FreePorts.NextPort()}");
        return new DashboardHost(await RunAsync(address, Identity, Gateway, Configure(time, before)), address, Identity, Gateway, this);
    }

    /// <summary>Ends it and starts it at the same address; what was in memory is gone.</summary>
    public async Task RestartAsync(TimeProvider? time = null, Action<WebApplicationBuilder>? before = null)
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        _app = await RunAsync(Address, Identity, Gateway, Configure(time, before));
    }

    public Visitor Visit() => new(Address);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        if (_original is not null)
        {
            return;
        }
        await Gateway.DisposeAsync();
        await Identity.DisposeAsync();
    }

    private static Action<WebApplicationBuilder> Configure(TimeProvider? time, Action<WebApplicationBuilder>? before) => builder =>
    {
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }
        before?.Invoke(builder);
    };

    private static async Task<WebApplication> RunAsync(
        Uri address, DevIdentityHost identity, GatewayStandIn gateway, Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = address.AbsoluteUri;
        builder.Configuration["Otlp:Url"] = "http://127.0.0.1:0";
        builder.Configuration["Identity:Authority"] = identity.Authority;
        builder.Configuration["Identity:Provider"] = "keycloak";
        builder.Configuration["Identity:ClientId"] = "dashboard";
        builder.Configuration["Identity:ClientSecret"] = "dev-only-dashboard";
        builder.Configuration["services:gateway:http:0"] = gateway.Address.AbsoluteUri;
        configure(builder);
        builder.AddServiceDefaults();
        builder.AddDashboard();
        var app = builder.Build();
        app.UseDashboard();
        app.UseServiceDefaults();
        app.MapDashboard();
        app.MapDefaultEndpoints();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
