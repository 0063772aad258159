using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Tests.Http;

/// <summary>A look at a peer that fails is no error for whoever looks, and is reported once.</summary>
public sealed class PeerLookTests
{
    private readonly ManualTime _time = new();
    private readonly List<string> _reported = [];
    private readonly PeerLook _look;

    public PeerLookTests() => _look = new PeerLook(TelemetryNames.Refresh.KeySetSpan, _time, failure => _reported.Add(failure.Message));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_outage_is_reported_once()
    {
        for (var outage = 1; outage <= 2; outage++)
        {
            await _look.RunAsync(_ => Task.FromResult(false), Cancellation);
            for (var failure = 1; failure <= 3; failure++)
            {
                await _look.RunAsync(_ => throw new HttpRequestException($"outage {outage}"), Cancellation);
            }
        }

        Assert.Equal(["outage 1", "outage 2"], _reported);
    }

    [Fact]
    public async Task An_exception_after_cancellation_is_not_a_failure()
    {
        await _look.RunAsync(_ => Task.FromResult(true), Cancellation);
        using var ended = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _look.RunAsync(async _ =>
        {
            await ended.CancelAsync();
            throw new ObjectDisposedException("connection");
        }, ended.Token));

        Assert.Empty(_reported);
    }
}
