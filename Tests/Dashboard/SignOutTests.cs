using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.Standalone.Topology;
using TraceDemo.Tests.EndToEnd;
using TraceDemo.Tests.Gateway;
using TraceDemo.Tests.Redis;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Dashboard, gateway and provider, all real: what a session's end at the first is worth at the second.</summary>
public sealed class SignOutTests : IAsyncLifetime
{
    private readonly Uri _address = new($"http://localhost:{Ports.FreePort()}");
    private readonly Recorder _recorder = new();
    private readonly HttpClient _http = new();
    private WebApplication _peer = null!;
    private DashboardHost _dashboard = null!;
    private WebApplication? _gateway;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _peer = builder.Build();
        _peer.Run(context => context.Response.WriteAsJsonAsync(Array.Empty<string>()));
        await _peer.StartAsync(TestContext.Current.CancellationToken);
        _dashboard = await DashboardHost.StartAsync(before: dashboard =>
        {
            dashboard.Configuration["services:gateway:http:0"] = _address.AbsoluteUri;
            dashboard.Services.ConfigureHttpClientDefaults(clients => clients.AddHttpMessageHandler(() => new RecordingHandler(_recorder)));
        });
        await StartGatewayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _dashboard.DisposeAsync();
        await StopGatewayAsync();
        await _peer.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task After_a_sign_out_the_same_token_is_refused_although_every_cache_is_warm()
    {
        using var alice = _dashboard.Visit();
        var token = await SignInAsync(alice, "alice");
        Assert.Equal((200, 200), ((await AskAsync(token)).Status, (await AskAsync(token)).Status));

        Assert.Equal("/signed-out", (await alice.SubmitAsync("/signout")).Address.AbsolutePath);

        (await AskAsync(token)).IsRefused(401, "token_revoked");
        Assert.Equal(1, _recorder.Ends);
    }

    [Fact]
    public async Task A_sign_out_ends_nobody_elses_session()
    {
        using var alice = _dashboard.Visit();
        using var elsewhere = _dashboard.Visit();
        using var bob = _dashboard.Visit();
        await SignInAsync(alice, "alice");
        var (other, bobs) = (await SignInAsync(elsewhere, "alice"), await SignInAsync(bob, "bob"));
        await alice.SubmitAsync("/signout");

        Assert.Equal((200, 200), ((await AskAsync(other)).Status, (await AskAsync(bobs)).Status));
    }

    [Fact]
    public async Task A_logout_that_arrives_from_the_provider_reaches_the_gateway_too()
    {
        using var alice = _dashboard.Visit();
        var token = await SignInAsync(alice, "alice");
        Assert.Equal(200, (await AskAsync(token)).Status);

        await alice.SignOutAtProviderAsync(_dashboard.Identity.Authority);

        await Replica.UntilAsync(async () => (await AskAsync(token)).Status == 401);
        (await AskAsync(token)).IsRefused(401, "token_revoked");
        Assert.Equal(1, _recorder.Ends);
    }

    [Fact]
    public async Task Without_the_gateway_a_sign_out_succeeds_and_the_gateway_is_told_when_it_is_back()
    {
        using var alice = _dashboard.Visit();
        var token = await SignInAsync(alice, "alice");
        await StopGatewayAsync();

        Assert.Equal("/signed-out", (await alice.SubmitSeenAsync("/signout")).Address.AbsolutePath);
        Assert.Equal(0, _dashboard.Tickets.Count);

        await StartGatewayAsync();
        await Replica.UntilAsync(async () => (await AskAsync(token)).Status == 401);
        (await AskAsync(token)).IsRefused(401, "token_revoked");
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_delays_a_sign_out_and_does_not_stop_it()
    {
        using var alice = _dashboard.Visit();
        await SignInAsync(alice, "alice");
        _recorder.Hold = true;
        Assert.Equal("/signed-out", (await alice.SubmitSeenAsync("/signout")).Address.AbsolutePath);
        Assert.Equal(0, _dashboard.Tickets.Count);
        Assert.Contains("kc-form-login", (await alice.GetAsync("/traces")).Html, StringComparison.Ordinal);
    }

    private async Task<string> SignInAsync(Visitor person, string name)
    {
        _recorder.Tokens.Clear();
        Assert.Equal(HttpStatusCode.OK, (await person.SignInAsync(name)).Status);
        return Assert.Single(_recorder.Tokens.Distinct());
    }

    private async Task<Answer> AskAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, "/api/users/me"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    private async Task StartGatewayAsync() => _gateway = await GatewayHost.RunGatewayAsync(
        _dashboard.Identity.Authority, _peer.Urls.Single(), _address.AbsoluteUri);

    private async Task StopGatewayAsync()
    {
        if (_gateway is null) { return; }
        await _gateway.StopAsync(CancellationToken.None);
        await _gateway.DisposeAsync();
        _gateway = null;
    }

    /// <summary>What the Dashboard sends to the gateway.</summary>
    private sealed class Recorder
    {
        public ConcurrentQueue<string> Tokens { get; } = new();

        public int Ends { get; set; }

        public bool Hold { get; set; }
    }

    private sealed class RecordingHandler(Recorder recorder) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Authorization is { Scheme: "Bearer", Parameter: { } token }) { recorder.Tokens.Enqueue(token); }
            if (request.RequestUri?.AbsolutePath != SessionEnd.Path) { return await base.SendAsync(request, cancellationToken); }
            if (recorder.Hold) { await Task.Delay(Timeout.Infinite, cancellationToken); }
            var response = await base.SendAsync(request, cancellationToken);
            recorder.Ends++;
            return response;
        }
    }
}
