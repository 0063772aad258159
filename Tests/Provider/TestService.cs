using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TokenExchange;

namespace TraceDemo.Tests.Provider;

/// <summary>A service of the test's own on ServiceDefaults and real HTTP, which trusts one <see cref="TestProvider"/>.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestService(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    public HttpClient Http { get; } = new();

    public static async Task<TestService> StartAsync(
        TestProvider provider, string name, Action<WebApplication> map, Action<WebApplicationBuilder>? add = null,
        TimeProvider? time = null,
        Action<WebApplicationBuilder>? before = null)
    {
        var builder = Builder(provider.Issuer, name, before);
        if (time is not null) { builder.Services.AddSingleton(time); }
        add?.Invoke(builder);
        var app = builder.Build();
        map(app);
        app.UseServiceDefaults();
        app.MapDefaultEndpoints();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var service = new TestService(app);
        await app.Services.GetRequiredService<SigningKeys>().RefreshAsync(TestContext.Current.CancellationToken);
        return service;
    }

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

    public async Task<(int Status, JsonElement Body, HttpResponseHeaders Headers)> GetAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        if (token is not null) { request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}"); }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json"
            ? await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)
            : default;
        return ((int)response.StatusCode, body, response.Headers);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        // Disposing alone would not wait for what goes on in the background.
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
