using Microsoft.AspNetCore.Http;

namespace TraceDemo.Tests.ApiDescription;

/// <summary>The gateway's endpoint, before services that describe themselves badly or not at all.</summary>
public sealed class PublicApiEndpointTests
{
    private const string Address = "/openapi/v1.json";

    [Fact]
    public async Task An_unavailable_service_is_a_502_that_names_it()
    {
        await using var gateway = await GatewayHost.StartAsync();
        await gateway.StopPeerAsync();

        var answer = (await gateway.SendAsync(HttpMethod.Get, Address, null)).IsRefused(502, "upstream_unavailable");

        Assert.Contains("-service does not describe itself", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"paths\": ")]
    [InlineData("<html>")]
    public async Task An_unexpected_response_of_a_service_is_a_502(string body)
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Answer = context => context.Response.WriteAsync(body);

        (await gateway.SendAsync(HttpMethod.Get, Address, null)).IsRefused(502, "upstream_unavailable");
    }

    [Fact]
    public async Task An_endless_description_is_read_up_to_its_limit_only()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Answer = async context =>
        {
            var kibibyte = new byte[1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(kibibyte, context.RequestAborted);
            }
        };

        (await gateway.SendAsync(HttpMethod.Get, Address, null)).IsRefused(502, "upstream_unavailable");
    }

    [Fact]
    public async Task Unauthenticated_callers_cannot_cause_repeated_requests_to_the_services()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var asked = 0;
        gateway.Answer = context =>
        {
            Interlocked.Increment(ref asked);
            return context.Response.WriteAsync(Description);
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => gateway.SendAsync(HttpMethod.Get, Address, null)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        // Once each of the three services.
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Unauthenticated_callers_cause_no_repeated_requests_to_a_failing_service()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var asked = 0;
        gateway.Answer = context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => gateway.SendAsync(HttpMethod.Get, Address, null)));

        Assert.All(answers, answer => answer.IsRefused(502, "upstream_unavailable"));
        // Once; and once more each five seconds, should this take as long.
        Assert.InRange(asked, 1, 5);
    }

    [Fact]
    public async Task The_first_caller_disconnecting_does_not_cancel_waiting_callers()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var (asked, reached, goOn) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Answer = async context =>
        {
            Interlocked.Increment(ref asked);
            reached.TrySetResult();
            await goOn.Task;
            await context.Response.WriteAsync(Description);
        };
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var first = gateway.Http.GetAsync(new Uri(gateway.Address, Address), leaving.Token);
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await gateway.FirstDeparture.WaitAsync(TestContext.Current.CancellationToken);

        var second = gateway.SendAsync(HttpMethod.Get, Address, null);
        goOn.SetResult();

        Assert.Equal(200, (await second).Status);
        Assert.Equal(3, asked);
    }

    /// <summary>Every path that a route leads to, with all methods.</summary>
    private static string Description
    {
        get
        {
            var methods = string.Join(',', new[] { "get", "post", "put", "delete" }.Select(method => $"\"{method}\":{{}}"));
            var paths = GatewayHost.Routes().Select(route => route.Data.Item3).Select(path => path
                .Replace("gpt4", "{id}", StringComparison.Ordinal).Replace("DOC-001", "{id}", StringComparison.Ordinal)).Distinct();
            return $"{{\"paths\":{{{string.Join(',', paths.Select(path => $"\"{path}\":{{{methods}}}"))}}}}}";
        }
    }
}
