using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.TokenExchange;
using TraceDemo.Tests.Framework.Http;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>A service of the test's own on ServiceDefaults and real HTTP.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestService(WebApplication app)
    {
        _app = app;
        Http = OutsideClient(new Uri(app.Urls.Single()));
    }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    public HttpClient Http { get; }

    /// <summary>With all that services have; it trusts this provider.</summary>
    public static async Task<TestService> StartAsync(
        TestProvider provider, string name, Action<WebApplication> map, Action<WebApplicationBuilder>? add = null,
        TimeProvider? time = null,
        Action<WebApplicationBuilder>? before = null)
    {
        var builder = Builder(provider.Issuer, name, before);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }
        add?.Invoke(builder);
        var app = builder.Build();
        map(app);
        app.UseServiceDefaults();
        app.MapDefaultEndpoints();
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            // What had started before the failure would go on, and be seen by tests that listen to the process.
            await app.DisposeAsync();
            throw;
        }

        var service = new TestService(app);
        await app.Services.GetRequiredService<SigningKeys>().RefreshAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>With the telemetry of all services, and nothing else of theirs.</summary>
    public static async Task<TestService> StartWithTelemetryAsync(
        Action<WebApplication> map, Dictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? add = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddTelemetry();
        builder.Services.AddHttpClient();
        add?.Invoke(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new TestService(app);
    }

    /// <summary>A client as anybody's: it makes no spans, and sends the trace
    /// headers that the test writes, not those of this process.</summary>
    public static HttpClient OutsideClient(Uri address) =>
        new(new SocketsHttpHandler { ActivityHeadersPropagator = null, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = address,
        };

    public static WebApplicationBuilder Builder(string issuer, string name, Action<WebApplicationBuilder>? before = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Identity:Authority"] = issuer,
            ["Identity:ClientId"] = name,
            ["Identity:ClientSecret"] = $"dev-only-{name}",
            ["Identity:Provider"] = "keycloak",
        });
        before?.Invoke(builder);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddJwtValidation();
        builder.AddTokenExchange();
        return builder;
    }

    public Task<Answer> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    public Task<Answer> SendAsync(
        HttpMethod method, string path, string? token, object? body = null, params (string Name, string Value)[] headers) =>
        Http.AskAsync(method, new Uri(Address, path), token, body, headers);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        // Disposing alone would not wait for what goes on in the background.
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
