using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceDemo.Contracts.Access;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Http;

/// <summary>How a service client meets a service that is slow, down, or talks nonsense.</summary>
public sealed class ServiceClientTests : IAsyncLifetime
{
    private WebApplication _peer = null!;
    private ServiceProvider _services = null!;
    private int _requests;

    private Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsJsonAsync(new Reply("hello"));

    public async ValueTask InitializeAsync()
    {
        _peer = LocalServer.Create();
        _peer.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            return Answer(context);
        });
        await _peer.StartAsync();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["services:peer:http:0"] = _peer.Urls.Single();
        builder.Configuration["ServiceClients:AttemptTimeout"] = "00:00:03";
        builder.AddServiceClient<PeerClient>("peer");
        _services = builder.Services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task A_valid_response_is_read() => Assert.Equal("hello", (await CallAsync(HttpMethod.Get)).Text);

    [Fact]
    public async Task A_slow_service_is_a_timeout()
    {
        Answer = Silence.KeepAsync;

        Assert.Equal(ReasonCode.UpstreamTimeout, (await FailAsync(HttpMethod.Post)).Reason);
    }

    [Fact]
    public async Task A_service_that_is_down_is_unavailable()
    {
        await _peer.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ReasonCode.UpstreamUnavailable, (await FailAsync(HttpMethod.Post)).Reason);
    }

    [Fact]
    public void Each_client_has_its_own_timeouts()
    {
        using var services = Others();
        var options = services.GetRequiredService<IOptionsMonitor<ServiceClientOptions>>();

        var (peer, other) = (options.Get(nameof(PeerClient)), options.Get(nameof(OtherClient)));

        Assert.Equal((Seconds(3), Seconds(9)), (peer.AttemptTimeout, peer.TotalTimeout));
        Assert.Equal((Seconds(20), Seconds(20)), (other.AttemptTimeout, other.TotalTimeout));
    }

    [Fact]
    public void An_impossible_timeout_is_refused()
    {
        using var services = Others();

        var refused = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptionsMonitor<ServiceClientOptions>>().Get(nameof(HastyClient)));

        Assert.Contains("HastyClient.AttemptTimeout", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", 3)]
    [InlineData("POST", 1)]
    public async Task Only_safe_requests_are_retried(string method, int requests)
    {
        Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return Task.CompletedTask;
        };

        Assert.Equal(ReasonCode.UpstreamUnavailable, (await FailAsync(new HttpMethod(method))).Reason);
        Assert.Equal(requests, _requests);
    }

    [Fact]
    public async Task A_service_that_keeps_failing_opens_the_circuit_breaker()
    {
        Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        for (var i = 0; i < 40; i++)
        {
            await FailAsync(HttpMethod.Post);
        }

        Assert.InRange(_requests, 20, 39);
    }

    [Theory]
    [InlineData(404, "document_not_found", "document_not_found")]
    [InlineData(403, "intersection_insufficient", "intersection_insufficient")]
    [InlineData(401, "token_revoked", "token_revoked")]
    [InlineData(503, "registry_unavailable", "registry_unavailable")]
    [InlineData(401, "audience_invalid", "upstream_unavailable")]
    [InlineData(403, "caller_not_accepted", "upstream_unavailable")]
    [InlineData(500, "internal_error", "upstream_unavailable")]
    [InlineData(403, "made_up", "upstream_unavailable")]
    public async Task Only_reasons_that_concern_the_caller_are_propagated(int status, string reason, string told)
    {
        Answer = context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsJsonAsync(new { reason, detail = "because" });
        };

        Assert.Equal(told, (await FailAsync(HttpMethod.Post)).Reason.Value);
    }

    [Fact]
    public async Task A_disconnected_caller_cancels_the_downstream_work()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        Answer = async context =>
        {
            using var registration = context.RequestAborted.Register(ended.SetResult);
            begun.SetResult();
            await ended.Task;
        };
        using var leaving = new CancellationTokenSource();
        var call = _services.GetRequiredService<PeerClient>().CallAsync(HttpMethod.Post, leaving.Token);
        await begun.Task;
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private static ServiceProvider Others()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:peer:http:0"] = "http://peer.test",
            ["services:other:http:0"] = "http://other.test",
            ["services:hasty:http:0"] = "http://hasty.test",
            ["ServiceClients:AttemptTimeout"] = "00:00:03",
            ["ServiceClients:TotalTimeout"] = "00:00:09",
            ["ServiceClients:other:TotalTimeout"] = "00:00:20",
            ["ServiceClients:hasty:AttemptTimeout"] = "00:00:00",
        });
        builder.AddServiceClient<PeerClient>("peer");
        builder.AddServiceClient<OtherClient>("other").WithOneLongAttempt();
        builder.AddServiceClient<HastyClient>("hasty");
        return builder.Services.BuildServiceProvider();
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private Task<Reply> CallAsync(HttpMethod method) =>
        _services.GetRequiredService<PeerClient>().CallAsync(method, TestContext.Current.CancellationToken);

    private Task<ProblemException> FailAsync(HttpMethod method) => Assert.ThrowsAsync<ProblemException>(() => CallAsync(method));

    private sealed record Reply(string Text);

    private sealed class OtherClient(HttpClient client)
    {
        public HttpClient Client => client;
    }

    private sealed class HastyClient(HttpClient client)
    {
        public HttpClient Client => client;
    }

    private sealed class PeerClient(HttpClient client)
    {
        public async Task<Reply> CallAsync(HttpMethod method, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(method, "/anything");
            using var response = await client.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                // Throws the problem, as it does in the services' own clients.
                await AccessAnswer.ReadAsync(response, cancellationToken);
            }

            return await response.Content.ReadFromJsonAsync<Reply>(cancellationToken) ?? throw new JsonException();
        }
    }
}
