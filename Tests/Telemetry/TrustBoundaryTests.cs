using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceDemo.Gateway.Routing;
using TraceDemo.Gateway.TrustBoundary;
using TraceDemo.ServiceDefaults.Authentication;
using Yarp.ReverseProxy.Configuration;

namespace TraceDemo.Tests.Telemetry;

/// <summary>A real YARP behind the trust boundary, in front of a service that answers with every header it got.</summary>
public sealed class TrustBoundaryTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = "b7ad6b7169203331";

    [Theory]
    [InlineData("baggage", "user=mallory")]
    [InlineData("Correlation-Context", "user=mallory")]
    [InlineData("X-User-Subject", "mallory")]
    [InlineData("x-user-id", "mallory")]
    [InlineData("X_User_Subject", "mallory")]
    [InlineData("X-Delegation-Chain", "mallory")]
    [InlineData("X-Service-Name", "mallory")]
    [InlineData("X-Agent-Id", "mallory")]
    [InlineData("X-Forwarded-Access-Token", "mallory")]
    [InlineData("X-Forwarded-User", "mallory")]
    [InlineData("X-Original-URL", "/mallory")]
    [InlineData("Forwarded", "for=mallory")]
    [InlineData("Txn-Token", "mallory")]
    [InlineData("sw8-correlation", "bWFsbG9yeQ==")]
    [InlineData("sw8-x", "0-mallory")]
    [InlineData("Request-Id", "|mallory.")]
    public async Task Untrusted_headers_from_outside_are_never_forwarded(string header, string value)
    {
        await using var chain = await Chain.Start();

        var seen = await chain.Call((header, value), ("X-Harmless", "kept"));

        Assert.Contains("X-Harmless: kept\n", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("mallory", seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(value, seen, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("01")]
    public async Task A_callers_trace_is_continued_and_recorded_with_any_sampled_flag(string flags)
    {
        using var spans = new SpanCollector();
        await using var chain = await Chain.Start();

        var seen = await chain.Call(("traceparent", $"00-{Trace[..30]}{flags}-{Parent}-{flags}"), ("tracestate", "a=1"));
        var trace = await spans.Of(ActivityTraceId.CreateFromString($"{Trace[..30]}{flags}"), 4, TestContext.Current.CancellationToken);

        Assert.Contains($"traceparent: 00-{Trace[..30]}{flags}-{trace[2].SpanId}-01\n", seen, StringComparison.Ordinal);
        Assert.Contains("tracestate: a=1\n", seen, StringComparison.Ordinal);
        Assert.Equal(["GET /{**path}", "proxy.forwarder", "GET", "GET /{**path}"], trace.Select(span => span.DisplayName));
        Assert.Equal(Parent, trace[0].ParentSpanId.ToHexString());
    }

    [Fact]
    public async Task A_callers_trace_is_linked_from_a_new_root_if_configured()
    {
        using var spans = new SpanCollector();
        await using var chain = await Chain.Start(new() { ["Gateway:TraceContext"] = "link" });

        using var response = await chain.Send(("traceparent", $"00-{Trace}-{Parent}-00"), ("tracestate", "a=1"));
        var own = ActivityTraceId.CreateFromString(response.Headers.GetValues("Trace-Id").Single());
        var root = (await spans.Of(own, 4, TestContext.Current.CancellationToken))[0];

        Assert.NotEqual(Trace, own.ToHexString());
        Assert.Equal((default, true), (root.ParentSpanId, root.Recorded));
        var link = Assert.Single(root.Links).Context;
        Assert.Equal((Trace, Parent, ActivityTraceFlags.None), (link.TraceId.ToHexString(), link.SpanId.ToHexString(), link.TraceFlags));
        var seen = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Matches($"traceparent: 00-{own}-[0-9a-f]{{16}}-03\n", seen);
        Assert.DoesNotContain("tracestate", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1", "http 127.0.0.1")]
    [InlineData("10.1.0.0/16", "http 127.0.0.1")]
    [InlineData("127.0.0.1", "https 203.0.113.7")]
    [InlineData("127.0.0.0/8", "https 203.0.113.7")]
    public async Task Forwarding_headers_are_accepted_from_a_configured_proxy_only(string proxy, string expected) =>
        Assert.Equal(expected, await SchemeAndAddressSeen(new() { ["Gateway:KnownProxies:0"] = proxy }));

    [Fact]
    public async Task Without_configured_proxies_all_forwarding_headers_are_ignored() =>
        Assert.Equal("http 127.0.0.1", await SchemeAndAddressSeen([]));

    [Fact]
    public async Task Forwarding_headers_are_ignored_even_with_the_middleware_of_the_framework() =>
        Assert.Equal("http 127.0.0.1", await SchemeAndAddressSeen([], app => app.UseForwardedHeaders()));

    [Theory]
    [InlineData("Gateway:TraceContext", "trusted")]
    [InlineData("Gateway:KnownProxies:0", "everybody")]
    [InlineData("Gateway:KnownProxies:0", "10.0.0.0/33")]
    public async Task A_trust_boundary_with_too_broad_trust_prevents_startup(string setting, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(
            () => TestService.StartWithTelemetryAsync(_ => { }, new() { [setting] = value }, builder => builder.AddTrustBoundary()));

    [Fact]
    public async Task Every_response_has_security_headers_including_refusals()
    {
        await using var gateway = await TestService.StartWithTelemetryAsync(
            app => app.MapGet("/x", () => "x"), add: builder => builder.AddTrustBoundary());

        foreach (var path in new[] { "/x", "/nowhere" })
        {
            using var response = await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("default-src 'none'; frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.True(response.Headers.CacheControl!.NoStore);
        }
    }

    [Theory]
    [InlineData("alice-subject", "X-User-Subject: alice-subject\n")]
    [InlineData("line\nbreak", null)]
    [InlineData("", null)]
    public async Task The_user_subject_comes_from_the_validated_token_alone(string subject, string? expected)
    {
        await using var chain = await Chain.Start(caller: new TestCaller { Subject = subject, Client = "dashboard" }.Build());

        var seen = await chain.Call(("X-User-Subject", "mallory"));

        Assert.DoesNotContain("mallory", seen, StringComparison.Ordinal);
        Assert.Equal(expected is not null, seen.Contains(expected ?? "X-User-Subject", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<string> SchemeAndAddressSeen(Dictionary<string, string?> settings, Action<WebApplication>? use = null)
    {
        await using var gateway = await TestService.StartWithTelemetryAsync(
            app =>
            {
                use?.Invoke(app);
                app.MapGet("/who", (HttpContext context) => $"{context.Request.Scheme} {context.Connection.RemoteIpAddress}");
            },
            settings, builder => builder.AddTrustBoundary());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/who");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Chain(TestService gateway, TestService service) : IAsyncDisposable
    {
        public static async Task<Chain> Start(Dictionary<string, string?>? settings = null, Caller? caller = null)
        {
            var service = await TestService.StartWithTelemetryAsync(app => app.MapGet(
                "/{**path}", (HttpRequest request) => string.Concat(request.Headers.Select(header => $"{header.Key}: {header.Value}\n"))));
            settings ??= [];
            settings["services:echo:http:0"] = service.Address.ToString();
            var gateway = await TestService.StartWithTelemetryAsync(
                app =>
                {
                    app.Use((context, next) =>
                    {
                        context.Features.Set(caller);
                        return next(context);
                    });
                    app.UseTrustBoundary();
                    app.MapReverseProxy(proxy => proxy.Use(ForwarderSpan.ObserveAsync));
                },
                settings,
                builder => builder.AddTrustBoundary().Services.AddReverseProxy().LoadFromMemory(
                    [new RouteConfig { RouteId = "all", ClusterId = "echo", Match = new RouteMatch { Path = "/{**path}" } }],
                    [new ClusterConfig { ClusterId = "echo",
                        Destinations = new Dictionary<string, DestinationConfig> { ["one"] =
                            new() { Address = service.Address.ToString() } } }]));
            return new Chain(gateway, service);
        }

        public async Task<HttpResponseMessage> Send(params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/anything");
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        }

        public async Task<string> Call(params (string Name, string Value)[] headers)
        {
            using var response = await Send(headers);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await gateway.DisposeAsync();
            await service.DisposeAsync();
        }
    }
}
