using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Traces;
using static TraceDemo.Tests.Framework.Telemetry.SpanData;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Who has one service's key and floods the store takes no span from a person but those that came with that key.</summary>
public sealed class SenderFloodTests
{
    private const long Capacity = 8 << 20;
    private const string Hostile = "agent-service";

    // Six senders, and what each reports of a delegated request.
    private static readonly (string Service, int Spans)[] Delegated =
        [("dashboard", 1), ("document-service", 4), ("keycloak", 4), ("user-service", 6), (Hostile, 4), ("gateway", 4)];

    private static readonly (string Service, int Spans)[] Direct = [("user-service", 5), ("gateway", 4)];

    private readonly TraceStore _store = new(Options.Create(new TraceStoreOptions { MaxMemoryBytes = Capacity }), TimeProvider.System);
    private ulong _traces;
    private ulong _junk = 1_000_000;

    [Fact]
    public void A_flood_into_a_trace_before_the_gateway_reports_it_hides_no_spans_of_others()
    {
        FillUp();
        var davids = Ids(25);
        foreach (var id in davids)
        {
            foreach (var (service, count) in Delegated)
            {
                _store.Add([Junk(id)], []);
                Report(id, "david", service, count);
                _store.Add([.. Enumerable.Range(0, 1000).Select(_ => Junk(new TraceId(2, ++_junk)))], []);
            }
        }

        AssertKept(davids);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(60)]
    public void Padding_requests_not_yet_reported_by_the_gateway_hides_no_spans_of_others(int spans)
    {
        FillUp();
        var davids = Ids(30);
        foreach (var (service, count) in Delegated)
        {
            foreach (var id in davids)
            {
                Pad(id, spans, failed: false);
                Report(id, "david", service, count);
            }
        }

        AssertKept(davids);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Padding_a_persons_requests_evicts_no_requests(bool failed)
    {
        // Each of them has less than everybody else, so it is not their turn when the store is full.
        var (davids, carols) = (Requests("david", 20, Delegated), Requests("carol", 20, Delegated));
        foreach (var id in davids)
        {
            Pad(id, 60, failed);
        }
        FillUp();
        foreach (var id in davids.Concat(davids))
        {
            Pad(id, 60, failed);
        }
        FillUp();

        AssertKept([.. davids, .. carols]);
        Assert.All(carols, id => Assert.Empty(_store.Find(id)!.Cuts));
    }

    [Fact]
    public void Spans_cut_from_a_sender_are_counted_under_its_name_and_their_memory_is_released()
    {
        var davids = Requests("david", 200, Delegated);
        foreach (var id in davids)
        {
            Pad(id, 60, failed: false);
        }

        AssertKept(davids);
        Assert.Equal(0, _store.Evicted);
        var cuts = davids.SelectMany(id => _store.Find(id)!.Cuts).ToList();
        Assert.All(cuts, cut => Assert.Equal((Hostile, 0, 0), (cut.Service, cut.Logs, cut.Duplicates)));
        var kept = davids.Sum(id => _store.Find(id)!.Spans.Count(span => span.Service == Hostile));
        Assert.Equal(davids.Count * 64, kept + cuts.Sum(cut => cut.Spans));
        Assert.Equal(_store.Overflowed, cuts.Sum(cut => cut.Spans));
        Assert.InRange(_store.Size, Capacity / 2, Capacity);
    }

    [Fact]
    public void The_largest_part_of_a_padding_sender_is_evicted_first()
    {
        var (mild, strong) = (Requests("david", 50, Delegated), Requests("carol", 200, Delegated));
        foreach (var id in mild)
        {
            Pad(id, 25, failed: false);
        }
        foreach (var id in strong)
        {
            Pad(id, 60, failed: false);
        }
        Assert.All(mild, id => Assert.Empty(_store.Find(id)!.Cuts));
        Assert.Contains(strong, id => _store.Find(id)!.Cuts.Count > 0);
    }

    [Fact]
    public void A_truncated_sender_may_report_again_and_its_removed_spans_no_longer_mark_the_trace_failed()
    {
        var trace = new StoredTrace(Trace, new TraceStoreOptions());
        trace.Add(Entry(1, "david"));
        var before = trace.Size;
        trace.Add(Failed(Of(Hostile, "junk", 2, 1)));
        Assert.True(trace.IsNotable);
        Assert.Equal(1, trace.CutLargest());
        Assert.Equal((false, before + RetainedBytes.Sender + RetainedBytes.Of(Hostile)), (trace.IsNotable, trace.Size));
        Assert.Equal(Admission.Kept, trace.Add(Of(Hostile, "again", 2, 1)));
        Assert.Equal(new SenderCuts(Hostile, 1, 0, 0), Assert.Single(trace.Snapshot().Cuts));
    }

    [Fact]
    public void A_sender_that_marks_a_persons_requests_failed_does_not_get_them_evicted_before_a_larger_share()
    {
        // More than a person's share of failed ones, and less than half of what is kept.
        var davids = Requests("david", 200, Delegated);
        foreach (var id in davids)
        {
            _store.Add([Failed(Junk(id))], []);
        }
        while (_store.Evicted < 500)
        {
            Requests("erin", 1, Delegated);
        }
        AssertKept(davids);
    }

    [Fact]
    public void Ordinary_requests_of_six_senders_are_kept_complete_in_any_order()
    {
        var random = new Random(1);
        var open = new List<(TraceId Id, string Person, string Service, int Count)>();
        while (_store.Evicted < 2000)
        {
            var (id, person) = (new TraceId(1, ++_traces), $"person-{_traces % 20}");
            open.AddRange((random.Next(2) == 0 ? Delegated : Direct).Select(part => (id, person, part.Service, part.Spans)));
            while (open.Count > 100)
            {
                var next = random.Next(open.Count);
                Report(open[next].Id, open[next].Person, open[next].Service, open[next].Count);
                open.RemoveAt(next);
            }
        }

        Assert.Equal(0, _store.Overflowed);
        Assert.All(_store.Newest(null), trace => Assert.Empty(trace.Cuts));
    }

    private void AssertKept(IReadOnlyList<TraceId> requests) => Assert.All(requests, id =>
        Assert.Equal(
            Delegated.Where(part => part.Service != Hostile).Sum(part => part.Spans),
            _store.Find(id)?.Spans.Count(span => span.Service != Hostile)));

    /// <summary>Many people have much, each of them the same.</summary>
    private void FillUp()
    {
        for (var evicted = _store.Evicted; _store.Evicted < evicted + 500;)
        {
            for (var person = 0; person < 20; person++)
            {
                Requests($"person-{person}", 1, Delegated);
            }
        }
    }

    private List<TraceId> Requests(string person, int count, (string Service, int Spans)[] shape)
    {
        var ids = Ids(count);
        foreach (var id in ids)
        {
            foreach (var (service, spans) in shape)
            {
                Report(id, person, service, spans);
            }
        }

        return ids;
    }

    private List<TraceId> Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => new TraceId(1, ++_traces))];

    private void Report(TraceId id, string person, string service, int count) => _store.Add(
        [.. Enumerable.Range(1, count)
            .Select(
                span =>
                    (service == "gateway" && span == count
                        ? Entry((ulong)span, person)
                        : Of(service, "work", (ulong)span)) with { TraceId = id })],
        []);

    private Span Junk(TraceId id) => Of(Hostile, "junk", ++_junk) with { TraceId = id };

    private void Pad(TraceId id, int spans, bool failed) => _store.Add(
        [.. Enumerable.Range(0, spans).Select(_ => Junk(id) with { Attributes = [Text("pad", new string('x', 300))] })
            .Select(span => failed ? Failed(span) : span)],
        []);

    private static Span Failed(Span span) => span with { Status = SpanStatus.Error };
}
