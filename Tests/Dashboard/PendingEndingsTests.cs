using System.Collections.Concurrent;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Dashboard;

public sealed class PendingEndingsTests : IDisposable
{
    private readonly LogLines _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Endlessly_failing_notices_do_not_delay_others()
    {
        ConcurrentQueue<string> told = [];
        var untold = new PendingEndings("gateway", 100, TimeProvider.System, _logs);
        for (var number = 0; number < 20; number++)
        {
            untold.Add(Ending("never"));
        }
        untold.Add(Ending("alice's"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = untold.RunAsync(Tell, stop.Token);

        await Replica.UntilAsync(() => Task.FromResult(told.Contains("alice's")));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Task<bool> Tell(Ending ending, CancellationToken stopping)
        {
            if (ending.Proof != "never")
            {
                told.Enqueue(ending.Proof);
            }
            return Task.FromResult(ending.Proof != "never");
        }
    }

    [Fact]
    public async Task A_notice_that_fails_with_any_exception_is_retried_and_others_are_sent()
    {
        ConcurrentQueue<string> told = [];
        var failures = 3;
        var untold = new PendingEndings("gateway", 100, TimeProvider.System, _logs);
        untold.Add(Ending("broken"));
        untold.Add(Ending("alice's"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = untold.RunAsync(Tell, stop.Token);

        await Replica.UntilAsync(() => Task.FromResult(running.IsCompleted || told.Count == 2));
        Assert.Equal(["alice's", "broken"], told.Order(StringComparer.Ordinal));
        Assert.Equal(
            "sign_out.telling_failed The gateway could not be told of the end of a session and is told again: NotSupportedException ",
            Assert.Single(_logs.Lines));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Task<bool> Tell(Ending ending, CancellationToken stopping)
        {
            if (ending.Proof == "broken" && Interlocked.Decrement(ref failures) >= 0)
            {
                throw new NotSupportedException("no token of anybody's is logged");
            }
            told.Enqueue(ending.Proof);
            return Task.FromResult(true);
        }
    }

    [Fact]
    public async Task Evicted_or_expired_notices_are_logged_and_counted()
    {
        using var counted = Counted.Here(TelemetryNames.Metrics.SignOutsUntold);
        ConcurrentQueue<string> told = [];
        var untold = new PendingEndings("provider", 2, TimeProvider.System, _logs);
        foreach (var proof in new[] { "first", "second", "third" })
        {
            untold.Add(Ending(proof));
        }
        Assert.Equal(1, counted.Value);
        Assert.Equal("sign_out.untold The end of a session will not be told to the provider: too many are waiting ",
            Assert.Single(_logs.Lines));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = untold.RunAsync(
            (ending, _) =>
            {
                told.Enqueue(ending.Proof);
                return Task.FromResult(true);
            },
            stop.Token);
        await Replica.UntilAsync(() => Task.FromResult(told.Count == 2));
        untold.Add(new Ending("late", DateTimeOffset.UtcNow));
        await Replica.UntilAsync(() => Task.FromResult(_logs.Lines.Count == 2));
        Assert.Equal(2, counted.Value);
        Assert.Equal(["second", "third"], told.Order());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static Ending Ending(string proof) => new(proof, DateTimeOffset.UtcNow.AddHours(1));
}
