using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.Standalone.Instance;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Dashboard, gateway and provider, all real: what a session's end at the first is worth at the second.</summary>
public sealed class SignOutTests : IAsyncLifetime
{
    private readonly Uri _address = new($"http://localhost:{FreePorts.NextPort()}");
    private readonly Recorder _recorder = new();
    private readonly HttpClient _http = new();
    private WebApplication _peer = null!;
    private DashboardHost _dashboard = null!;
    private WebApplication? _gateway;

    public async ValueTask InitializeAsync()
    {
        _peer = LocalServer.Create();
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
        (await AskAsync(token, HttpMethod.Post, "/api/access-delegated")).IsRefused(401, "token_revoked");
        Assert.Equal(1, _recorder.Ends);
    }

    [Fact]
    public async Task A_sign_out_ends_no_session_of_another_person()
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
    public async Task A_logout_from_the_provider_also_reaches_the_gateway()
    {
        using var alice = _dashboard.Visit();
        var token = await SignInAsync(alice, "alice");
        Assert.Equal(200, (await AskAsync(token)).Status);

        await alice.SignOutAtProviderAsync(_dashboard.Identity.Authority);

        // The gateway refuses the token before its answer is here.
        await Replica.UntilAsync(() => Task.FromResult(_recorder.Ends == 1));
        (await AskAsync(token)).IsRefused(401, "token_revoked");
    }

    [Fact]
    public async Task A_sign_out_succeeds_without_the_gateway_which_is_notified_when_it_is_available_again()
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
    public async Task An_unresponsive_gateway_delays_a_sign_out_but_does_not_prevent_it()
    {
        using var alice = _dashboard.Visit();
        await SignInAsync(alice, "alice");
        _recorder.Hold = true;
        Assert.Equal("/signed-out", (await alice.SubmitSeenAsync("/signout")).Address.AbsolutePath);
        Assert.Equal(0, _dashboard.Tickets.Count);
        Assert.Contains("kc-form-login", (await alice.GetAsync("/traces")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_that_does_not_confirm_the_token_is_refused_does_not_stop_retries()
    {
        using var alice = _dashboard.Visit();
        var token = await SignInAsync(alice, "alice");
        _recorder.EndsRefused = 3;

        Assert.Equal("/signed-out", (await alice.SubmitSeenAsync("/signout")).Address.AbsolutePath);

        await Replica.UntilAsync(() => Task.FromResult(_recorder.Ends == 1));
        (await AskAsync(token)).IsRefused(401, "token_revoked");
    }

    [Fact]
    public async Task A_sign_out_that_did_not_reach_the_provider_is_retried_until_it_does()
    {
        using var alice = _dashboard.Visit();
        await SignInAsync(alice, "alice");
        (_recorder.LogoutAnswer, _recorder.LogoutsRefused) = (HttpStatusCode.ServiceUnavailable, 3);

        Assert.Equal("/signed-out", (await alice.SubmitSeenAsync("/signout")).Address.AbsolutePath);

        await Replica.UntilAsync(() => Task.FromResult(_recorder.Logouts == 1));
        Assert.Contains("kc-form-login", (await alice.GetAsync("/")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_in_after_a_sign_out_that_did_not_reach_the_provider_gives_a_session_that_the_gateway_accepts()
    {
        using var alice = _dashboard.Visit();
        var old = await SignInAsync(alice, "alice");
        (_recorder.LogoutAnswer, _recorder.LogoutsRefused) = (HttpStatusCode.BadRequest, 1);
        Assert.Equal("/signed-out", (await alice.SubmitSeenAsync("/signout")).Address.AbsolutePath);
        Assert.Equal((0, 0), (_recorder.Logouts, _recorder.LogoutsRefused));

        var token = await SignInAsync(alice, "alice");

        Assert.Equal(200, (await AskAsync(token)).Status);
        (await AskAsync(old)).IsRefused(401, "token_revoked");
        Assert.Equal(1, _recorder.Logouts);
    }

    [Fact]
    public async Task A_sign_in_with_an_ended_session_that_the_provider_keeps_is_refused()
    {
        using var alice = _dashboard.Visit();
        await SignInAsync(alice, "alice");
        (_recorder.LogoutAnswer, _recorder.LogoutsRefused) = (HttpStatusCode.BadRequest, 100);
        await alice.SubmitSeenAsync("/signout");

        Assert.Equal("/sign-in-failed", (await alice.GetAsync("/traces")).Address.AbsolutePath);
        Assert.Equal(0, _dashboard.Tickets.Count);

        // Nor is a provider asked for ever that says that it ended it, and did not.
        _recorder.LogoutAnswer = HttpStatusCode.NoContent;
        Assert.Equal("/sign-in-failed", (await alice.GetAsync("/traces")).Address.AbsolutePath);
        Assert.Equal(0, _dashboard.Tickets.Count);
    }

    private async Task<string> SignInAsync(Visitor person, string name)
    {
        _recorder.Tokens.Clear();
        Assert.Equal(HttpStatusCode.OK, (await person.SignInAsync(name)).Status);
        return Assert.Single(_recorder.Tokens.Distinct());
    }

    private Task<Answer> AskAsync(string token) => AskAsync(token, HttpMethod.Get, "/api/users/me");

    private async Task<Answer> AskAsync(string token, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(_address, path));
        if (method == HttpMethod.Post)
        {
            request.Content = JsonContent.Create(new { agentId = "gpt4", documentId = "DOC-005" });
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    private async Task StartGatewayAsync() => _gateway = await GatewayHost.RunGatewayAsync(
        _dashboard.Identity.Authority, _peer.Urls.Single(), _address.AbsoluteUri);

    private async Task StopGatewayAsync()
    {
        if (_gateway is null)
        {
            return;
        }
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

        /// <summary>How many of the next sign-outs the gateway answers by a 401 that says nothing of them.</summary>
        public int EndsRefused { get; set; }

        /// <summary>Sign-outs that the provider heard of.</summary>
        public int Logouts { get; set; }

        /// <summary>How many of the next it answers otherwise, without hearing.</summary>
        public int LogoutsRefused { get; set; }

        public HttpStatusCode LogoutAnswer { get; set; }
    }

    private sealed class RecordingHandler(Recorder recorder) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Authorization is { Scheme: "Bearer", Parameter: { } token })
            {
                recorder.Tokens.Enqueue(token);
            }
            var path = request.RequestUri!.AbsolutePath;
            if (path.EndsWith("/logout", StringComparison.Ordinal))
            {
                return await LogOutAsync(request, cancellationToken);
            }
            if (path != SessionEnd.Path)
            {
                return await base.SendAsync(request, cancellationToken);
            }
            if (recorder.EndsRefused-- > 0)
            {
                return new HttpResponseMessage(HttpStatusCode.Unauthorized)
                {
                    Content = JsonContent.Create(new { reason = "token_invalid" }),
                };
            }

            if (recorder.Hold)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            var response = await base.SendAsync(request, cancellationToken);
            recorder.Ends++;
            return response;
        }

        private async Task<HttpResponseMessage> LogOutAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (recorder.LogoutsRefused > 0)
            {
                recorder.LogoutsRefused--;
                return new HttpResponseMessage(recorder.LogoutAnswer);
            }

            var response = await base.SendAsync(request, cancellationToken);
            recorder.Logouts++;
            return response;
        }
    }
}
