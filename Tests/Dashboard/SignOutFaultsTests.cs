using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Whatever a provider does when somebody signs out: they are signed out
/// here, are told what is known, and the Dashboard goes on.</summary>
public sealed class SignOutFaultsTests : IAsyncLifetime
{
    private readonly FaultyProvider _provider = new();
    private DashboardHost _dashboard = null!;
    private Visitor _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _dashboard = await DashboardHost.StartAsync(before: builder =>
            builder.Services.ConfigureHttpClientDefaults(clients => clients.AddHttpMessageHandler(() => new FaultyHandler(_provider))));
        _alice = _dashboard.Visit();
    }

    public ValueTask DisposeAsync()
    {
        _alice.Dispose();
        return _dashboard.DisposeAsync();
    }

    [Fact]
    public async Task A_confirmed_sign_out_reports_that_the_provider_ended_its_session() =>
        Assert.Contains("Your session here and at the identity provider has ended.", await SignedOutAsync(), StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/logout")]
    public async Task Without_an_end_session_endpoint_the_person_is_signed_out_here_and_informed(string? endpoint)
    {
        _provider.ChangesMetadata = true;
        _provider.EndSessionEndpoint = endpoint;

        Assert.Contains("has not confirmed the end of its session: it may have ended already", await SignedOutAsync(),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _alice.GetAsync("/alive")).Status);
    }

    [Fact]
    public async Task Any_failure_of_the_provider_call_signs_the_person_out_here_and_retries_the_provider()
    {
        _provider.Failures = 3;

        Assert.Contains("has not confirmed the end of its session yet; TraceDemo keeps retrying.", await SignedOutAsync(),
            StringComparison.Ordinal);

        await Replica.UntilAsync(() => Task.FromResult(_provider.Logouts == 1));
        Assert.Equal(HttpStatusCode.OK, (await _alice.GetAsync("/alive")).Status);
        Assert.Contains("kc-form-login", (await _alice.GetAsync("/")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_out_refused_by_the_provider_is_not_reported_as_retried()
    {
        _provider.Refuses = true;

        Assert.Contains("has not confirmed the end of its session: it may have ended already", await SignedOutAsync(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/signed-out")]
    [InlineData("/signed-out?provider=pending")]
    public async Task The_signed_out_page_redirects_a_signed_in_person_to_the_start_page(string address)
    {
        await _alice.SignInAsync("alice");

        Assert.Equal("/", (await _alice.GetAsync(address)).Address.AbsolutePath);
        Assert.Equal(1, _dashboard.Tickets.Count);
    }

    [Fact]
    public async Task The_query_cannot_inject_text_into_the_page()
    {
        var page = await _alice.GetAsync("/signed-out?provider=call%20this%20number");

        Assert.Contains("<h1>Signed out</h1>", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("number", page.Html, StringComparison.Ordinal);
    }

    private async Task<string> SignedOutAsync()
    {
        Assert.Equal(HttpStatusCode.OK, (await _alice.SignInAsync("alice")).Status);
        var page = await _alice.SubmitSeenAsync("/signout");
        Assert.Equal(("/signed-out", 0), (page.Address.AbsolutePath, _dashboard.Tickets.Count));
        return page.Html;
    }

    private sealed class FaultyProvider
    {
        private int _logouts;

        public bool ChangesMetadata { get; set; }

        /// <summary>None where it is null.</summary>
        public string? EndSessionEndpoint { get; set; }

        /// <summary>How many of the next calls end with an exception that nobody expects.</summary>
        public int Failures { get; set; }

        public bool Refuses { get; set; }

        public int Logouts => Volatile.Read(ref _logouts);

        public void CountLogout() => Interlocked.Increment(ref _logouts);
    }

    private sealed class FaultyHandler(FaultyProvider provider) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (path.EndsWith("/logout", StringComparison.Ordinal))
            {
                return await LogOutAsync(request, cancellationToken);
            }

            var response = await base.SendAsync(request, cancellationToken);
            if (!provider.ChangesMetadata || !path.EndsWith("/openid-configuration", StringComparison.Ordinal))
            {
                return response;
            }

            var metadata = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            metadata.Remove("end_session_endpoint");
            if (provider.EndSessionEndpoint is { } address)
            {
                metadata["end_session_endpoint"] = address;
            }
            response.Content = new StringContent(metadata.ToJsonString());
            return response;
        }

        private async Task<HttpResponseMessage> LogOutAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (provider.Failures-- > 0)
            {
                throw new NotSupportedException("A fault of the test's.");
            }
            if (provider.Refuses)
            {
                return new HttpResponseMessage(HttpStatusCode.BadRequest);
            }

            var response = await base.SendAsync(request, cancellationToken);
            provider.CountLogout();
            return response;
        }
    }
}
