using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.Tests.Http;

public sealed class PeerOutageTests
{
    private readonly ManualTime _time = new();
    private readonly PeerOutage _outage;

    public PeerOutageTests() => _outage = new PeerOutage(_time);

    [Fact]
    public void A_peer_that_has_not_started_yet_is_not_an_outage()
    {
        for (var second = 0; second < PeerOutage.StartTime.TotalSeconds; second++)
        {
            Assert.False(_outage.Failed());
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void A_peer_that_never_starts_is_reported_once()
    {
        _time.Advance(PeerOutage.StartTime);

        Assert.True(_outage.Failed());
        Assert.False(_outage.Failed());
    }

    [Fact]
    public void A_peer_that_has_responded_before_is_reported_at_the_first_failure_of_each_outage()
    {
        for (var outage = 0; outage < 3; outage++)
        {
            _outage.Answered();
            Assert.True(_outage.Failed());
            Assert.False(_outage.Failed());
        }
    }
}
