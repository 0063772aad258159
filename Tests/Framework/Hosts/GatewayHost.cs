using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Gateway.ApiDescription;
using TraceDemo.Gateway.Limits;
using TraceDemo.Gateway.Routing;
using TraceDemo.Gateway.TrustBoundary;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.Tests.Framework.Http;
using TraceDemo.Tests.Framework.Identity;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Framework.Hosts;

/// <summary>The gateway's own parts and routes in this process, before one peer that
/// stands for every service and notes what reached it.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _gateway;
    private readonly WebApplication _peer;

    private GatewayHost(TestProvider provider, WebApplication gateway, WebApplication peer)
    {
        Provider = provider;
        _gateway = gateway;
        _peer = peer;
    }

    /// <summary>Method and path outside, path inside, whose it is, and the scope that it asks for.</summary>
    // A method: the analyzer xUnit1053 throws on a property of another assembly.
    public static TheoryData<string, string, string, string, string?> Routes() => new()
    {
        { "GET", "/api/users/me", "/users/me", "user-service", null },
        { "POST", "/api/access-direct", "/access", "user-service", null },
        { "POST", "/api/access-delegated", "/delegate", "user-service", null },
        { "GET", "/api/agents", "/agents", "agent-service", "agents:read" },
        { "GET", "/api/agents/gpt4", "/agents/gpt4", "agent-service", "agents:read" },
        { "PUT", "/api/agents/gpt4/state", "/agents/gpt4/state", "agent-service", "agents:write" },
        { "GET", "/api/documents", "/documents", "document-service", "documents:read" },
        { "GET", "/api/documents/DOC-001", "/documents/DOC-001", "document-service", "documents:read" },
        { "PUT", "/api/documents/DOC-001", "/documents/DOC-001", "document-service", "documents:write" },
        { "DELETE", "/api/documents/DOC-001", "/documents/DOC-001", "document-service", "documents:write" },
        { "POST", "/api/policy/evaluate", "/policy/evaluate", "document-service", "documents:read" },
        { "GET", "/api/policy/matrix", "/policy/matrix", "document-service", "documents:read" },
        { "GET", "/api/policy/agents", "/policy/agents", "document-service", "documents:read" },
    };

    public TestProvider Provider { get; }

    public HttpClient Http { get; } = new();

    public Uri Address => new(_gateway.Urls.Single());

    /// <summary>The last request that came through.</summary>
    public (string Path, IHeaderDictionary Headers) Received { get; private set; }

    /// <summary>The audit entries, newest first.</summary>
    public IReadOnlyList<AuditEntry> Audit => _gateway.Services.GetRequiredService<AuditTrail>().Latest;

    /// <summary>Completes when the gateway has noticed that a caller went away.</summary>
    public Task FirstDeparture => _gateway.Services.GetRequiredService<TaskCompletionSource>().Task;

    /// <summary>The peer's response.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsJsonAsync(new { hello = "gateway" });

    public static async Task<GatewayHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var provider = await TestProvider.StartAsync();
        var peer = LocalServer.Create();

        GatewayHost? host = null;
        peer.Run(context => host!.ReceiveAsync(context));
        await peer.StartAsync();
        var gateway = await RunGatewayAsync(provider.Issuer, peer.Urls.Single(), "http://127.0.0.1:0", settings);
        return host = new GatewayHost(provider, gateway, peer);
    }

    public Task<Answer> SendAsync(HttpMethod method, string path, string? token, object? body = null) =>
        Http.AskAsync(method, new Uri(new Uri(_gateway.Urls.Single()), path), token, body, ("Cookie", "session=stays-outside"));

    public Task StopPeerAsync() => _peer.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _gateway.DisposeAsync();
        await _peer.DisposeAsync();
        await Provider.DisposeAsync();
    }

    private Task ReceiveAsync(HttpContext context)
    {
        Received = (context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary()));
        return Answer(context);
    }

    /// <summary>The gateway alone, at an address of the caller's choice, before a peer at <paramref name="services"/>.</summary>
    public static async Task<WebApplication> RunGatewayAsync(
        string issuer, string services, string address, params (string Key, string Value)[] settings)
    {
        var builder = TestService.Builder(issuer, "gateway", before =>
        {
            before.Configuration.AddJsonFile(Path.Combine(Repository.Root, "Gateway", "appsettings.json"));
            foreach (var service in (string[])["user-service", "agent-service", "document-service"])
            {
                before.Configuration[$"services:{service}:http:0"] = services;
            }

            foreach (var (key, value) in settings)
            {
                before.Configuration[key] = value;
            }
        });
        builder.WebHost.UseUrls(address);
        builder.AddTrustBoundary();
        builder.AddLimits();
        builder.AddRouting();
        builder.AddPublicApi();
        var departure = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        builder.Services.AddSingleton(departure);
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.RequestAborted.Register(() => departure.TrySetResult());
            return next(context);
        });
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseTrustBoundary();
        app.UseServiceDefaults();
        app.MapRouting();
        app.MapBackchannelLogout("tracedemo-cli");
        app.MapSessionEnd("dashboard");
        app.MapPublicApi();
        app.MapDefaultEndpoints();
        await app.StartAsync();
        await app.Services.GetRequiredService<SigningKeys>().RefreshAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
