using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.Benchmarks.Load;

namespace TraceDemo.Tests.Measurement;

public sealed class LoadTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task At_a_fixed_rate_a_stall_delays_every_request_scheduled_during_it()
    {
        const int Due = 30;
        var arrived = 0;
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync(async () =>
        {
            // Nobody is answered before the last has come: it comes only if it does not wait for the others.
            if (Interlocked.Increment(ref arrived) == Due)
            {
                last.SetResult();
            }

            await last.Task;
            return Results.Ok();
        });
        using var target = Target(server);

        var sample = await FixedRate.RunAsync(target, perSecond: 100, Duration, TestContext.Current.CancellationToken);

        Assert.Equal(Due, sample.Count);
        Assert.True(sample.Percentile(1) >= (Due - 1) * 10, $"{sample.Percentile(1)} ms");
        Assert.True(sample.Percentile(0.5) >= ((Due / 2) - 1) * 10, $"{sample.Percentile(0.5)} ms");
    }

    [Fact]
    public async Task A_refused_request_aborts_the_run_instead_of_counting_as_fast()
    {
        await using var server = await StartAsync(() => Task.FromResult(Results.StatusCode(429)));
        using var target = Target(server);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => ClosedLoop.RunAsync(target, clients: 2, Duration, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => FixedRate.RunAsync(target, perSecond: 10, Duration, TestContext.Current.CancellationToken));
    }

    private static Target Target(WebApplication server) => new("server", HttpMethod.Get, new Uri(server.Urls.Single()));

    private static async Task<WebApplication> StartAsync(Func<Task<IResult>> answer)
    {
        var server = LocalServer.Create();
        server.MapGet("/", answer);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
