using System.Collections.Concurrent;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Dashboard;

public sealed class PendingReportsTests : IDisposable
{
    private readonly LogLines _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Endlessly_failing_notices_do_not_delay_others()
    {
        ConcurrentQueue<string> reported = [];
        var pending = new PendingReports("gateway", 100, TimeProvider.System, _logs);
        for (var number = 0; number < 20; number++)
        {
            pending.Add(Ended("never"));
        }
        pending.Add(Ended("alice's"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = pending.RunAsync(Report, stop.Token);

        await Replica.UntilAsync(() => Task.FromResult(reported.Contains("alice's")));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Task<bool> Report(SessionEndReport report, CancellationToken stopping)
        {
            if (report.Proof != "never")
            {
                reported.Enqueue(report.Proof);
            }
            return Task.FromResult(report.Proof != "never");
        }
    }

    [Fact]
    public async Task A_notice_that_fails_with_any_exception_is_retried_and_others_are_sent()
    {
        ConcurrentQueue<string> reported = [];
        var failures = 3;
        var pending = new PendingReports("gateway", 100, TimeProvider.System, _logs);
        pending.Add(Ended("broken"));
        pending.Add(Ended("alice's"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = pending.RunAsync(Report, stop.Token);

        await Replica.UntilAsync(() => Task.FromResult(running.IsCompleted || reported.Count == 2));
        Assert.Equal(["alice's", "broken"], reported.Order(StringComparer.Ordinal));
        Assert.Equal(
            "sign_out.report_failed Reporting the end of a session to gateway failed; it is retried: NotSupportedException ",
            Assert.Single(_logs.Lines));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Task<bool> Report(SessionEndReport report, CancellationToken stopping)
        {
            if (report.Proof == "broken" && Interlocked.Decrement(ref failures) >= 0)
            {
                throw new NotSupportedException("no token of anybody's is logged");
            }
            reported.Enqueue(report.Proof);
            return Task.FromResult(true);
        }
    }

    [Fact]
    public async Task Evicted_or_expired_notices_are_logged_and_counted()
    {
        using var counted = Counted.Here(TelemetryNames.Metrics.SignOutsUnreported);
        ConcurrentQueue<string> reported = [];
        var pending = new PendingReports("provider", 2, TimeProvider.System, _logs);
        foreach (var proof in new[] { "first", "second", "third" })
        {
            pending.Add(Ended(proof));
        }
        Assert.Equal(1, counted.Value);
        Assert.Equal("sign_out.unreported The end of a session was not reported to provider: too many are waiting ",
            Assert.Single(_logs.Lines));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = pending.RunAsync(
            (report, _) =>
            {
                reported.Enqueue(report.Proof);
                return Task.FromResult(true);
            },
            stop.Token);
        await Replica.UntilAsync(() => Task.FromResult(reported.Count == 2));
        pending.Add(new SessionEndReport("late", DateTimeOffset.UtcNow));
        await Replica.UntilAsync(() => Task.FromResult(_logs.Lines.Count == 2));
        Assert.Equal(2, counted.Value);
        Assert.Equal(["second", "third"], reported.Order());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static SessionEndReport Ended(string proof) => new(proof, DateTimeOffset.UtcNow.AddHours(1));
}
