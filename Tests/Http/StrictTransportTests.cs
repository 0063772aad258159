using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TraceDemo.Gateway.TrustBoundary;

namespace TraceDemo.Tests.Http;

/// <summary>Outside Development, browsers are told to come by https; and only who came by https is told (RFC 6797 §7.2).</summary>
public sealed class StrictTransportTests
{
    private const string Expected = "max-age=31536000; includeSubDomains";

    [Theory]
    [InlineData("Production", "127.0.0.1", "https", Expected)]
    [InlineData("Production", "127.0.0.1", "http", null)]
    [InlineData("Production", "192.0.2.1", "https", null)]
    [InlineData("Development", "127.0.0.1", "https", null)]
    public async Task The_gateway_sends_the_header_by_the_scheme_of_its_known_proxies(
        string environment, string proxy, string scheme, string? expected)
    {
        await using var gateway = await TestService.StartWithTelemetryAsync(
            app => app.MapGet("/x", () => "x"),
            new() { ["Gateway:KnownProxies:0"] = proxy, ["Telemetry:PseudonymKey"] = "a key of at least thirty-two characters" },
            builder =>
            {
                builder.Environment.EnvironmentName = environment;
                builder.Services.AddSingleton<IHostEnvironment>(builder.Environment);
                builder.AddTrustBoundary();
            });

        Assert.All(await HeadersAsync(gateway.Http, scheme, "/x", "/nowhere"), header => Assert.Equal(expected, header));
    }

    [Theory]
    [InlineData("Production", "https", Expected)]
    [InlineData("Production", "http", null)]
    [InlineData("Development", "https", null)]
    public async Task The_dashboard_sends_the_header_over_HTTPS_outside_Development(string environment, string scheme, string? expected)
    {
        await using var dashboard = await DashboardHost.StartAsync(before: builder =>
        {
            builder.Environment.EnvironmentName = environment;
            builder.Configuration["Identity:BackchannelAddress"] = builder.Configuration["Identity:Authority"];
            builder.Configuration["Identity:Authority"] = "https://id.example/realms/tracedemo";
            builder.Configuration["Identity:ClientSecret"] = "a secret of its own";
            builder.Configuration["Telemetry:PseudonymKey"] = "a key of at least thirty-two characters";
            builder.Services.AddSingleton<IStartupFilter>(new Proxied(scheme));
        });
        using var client = TestService.OutsideClient(dashboard.Address);

        Assert.All(await HeadersAsync(client, scheme, "/signed-out"), header => Assert.Equal(expected, header));
    }

    private static async Task<IReadOnlyList<string?>> HeadersAsync(HttpClient client, string scheme, params string[] paths)
    {
        List<string?> headers = [];
        foreach (var path in paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            // Of localhost the framework says nothing, whoever develops there.
            request.Headers.Host = "tracedemo.example";
            request.Headers.Add("X-Forwarded-Proto", scheme);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            headers.Add(response.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null);
        }

        return headers;
    }

    /// <summary>Stands for the proxy that the platform is told to hear.</summary>
    private sealed class Proxied(string scheme) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, continuation) =>
            {
                context.Request.Scheme = scheme;
                return continuation(context);
            });
            next(app);
        };
    }
}
