using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Traces;
using static TraceDemo.Tests.Framework.Telemetry.SpanData;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Whose traces go when the store is full: nobody's requests first, and then those of whoever has most.</summary>
public sealed class ShelvesTests
{
    private const long Capacity = 1 << 20;

    private int _traces;

    [Fact]
    public void A_persons_flood_of_granted_requests_evicts_no_recent_requests_of_others()
    {
        var store = Store();
        var bobs = Requests(store, "bob", 50);
        var alices = Requests(store, "alice", 5000);
        Assert.All(bobs, trace => Assert.NotNull(store.Find(trace)));
        Assert.Null(store.Find(alices[0]));
        Assert.NotNull(store.Find(alices[^1]));
        Assert.InRange(store.Size, Capacity / 2, Capacity);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_anonymous_flood_evicts_no_requests_of_people(bool strangerFirst)
    {
        var store = Store();
        var bobs = Requests(store, "bob", 50);
        if (strangerFirst)
        {
            Requests(store, person: null, 5000);
        }
        Requests(store, "alice", 5000);
        var alices = Requests(store, "alice", 50);
        var strangers = Requests(store, person: null, 5000);
        Assert.All(bobs.Concat(alices), trace => Assert.NotNull(store.Find(trace)));
        Assert.Null(store.Find(strangers[0]));
    }

    [Fact]
    public void Requests_without_a_person_are_evicted_before_those_of_people()
    {
        var store = Store();
        var bobs = Requests(store, "bob", 1);
        var strangers = Requests(store, person: null, 100);
        while (store.Evicted < 100)
        {
            Requests(store, "alice", 1);
        }
        Assert.NotNull(store.Find(bobs[0]));
        Assert.All(strangers, trace => Assert.Null(store.Find(trace)));
    }

    [Fact]
    public void Two_flooding_people_keep_half_of_the_store_each()
    {
        var store = Store();
        var (alices, bobs) = (new List<TraceId>(), new List<TraceId>());
        // One of them sends three times as much, and both all the time.
        for (var round = 0; round < 2000; round++)
        {
            alices.AddRange(Requests(store, "alice", 3));
            bobs.AddRange(Requests(store, "bob", 1));
        }

        var (alicesKept, bobsKept) = (alices.Count(trace => store.Find(trace) is not null),
            bobs.Count(trace => store.Find(trace) is not null));
        Assert.InRange(bobsKept - alicesKept, -2, 2);
        Assert.All(bobs.TakeLast(bobsKept), trace => Assert.NotNull(store.Find(trace)));
        Assert.All(alices.TakeLast(alicesKept), trace => Assert.NotNull(store.Find(trace)));
    }

    [Fact]
    public void Shares_are_measured_in_bytes_and_not_in_traces()
    {
        var store = Store();
        var bobs = Requests(store, "bob", 100);
        Requests(store, "alice", 100, Text("pad", new string('x', 10_000)));
        Assert.All(bobs, trace => Assert.NotNull(store.Find(trace)));
    }

    [Fact]
    public void A_growing_trace_counts_against_its_persons_share()
    {
        var store = Store();
        var alices = Requests(store, "alice", 200);
        var bobs = Requests(store, "bob", 100);
        for (ulong id = 10; store.Evicted == 0; id++)
        {
            foreach (var service in (string[])["user-service", "document-service"])
            {
                store.Add([.. alices.TakeLast(100).Select(trace => Of(service, "work", id) with { TraceId = trace })], []);
            }
        }

        Assert.All(bobs, trace => Assert.NotNull(store.Find(trace)));
        Assert.Null(store.Find(alices[0]));
    }

    [Fact]
    public void In_a_full_store_a_request_is_kept_whole_although_other_senders_report_it_before_the_gateway()
    {
        var store = Store();
        Requests(store, "alice", 5000);
        store.Add([Of("document-service", "POST /access", 3, 2, SpanKind.Server, "bob")], []);
        store.Add([Of("user-service", "POST /delegate", 2, 1, SpanKind.Server, "bob")], []);
        Requests(store, "alice", 50);
        store.Add([Entry(1, "bob")], []);
        Assert.Equal(3, store.Find(Trace)!.Spans.Count);
    }

    [Fact]
    public void An_anonymous_trace_that_a_person_joins_counts_as_theirs()
    {
        var store = Store();
        var trace = Requests(store, person: null, 1)[0];
        store.Add([Entry(2, "bob") with { TraceId = trace }], []);
        Requests(store, "alice", 5000);
        Assert.Equal(2, store.Find(trace)!.Spans.Count);
    }

    [Fact]
    public void A_group_has_no_empty_shelf()
    {
        var group = new ShelfGroup(ShelfGroup.OldestFirst);
        var trace = new StoredTrace(Trace, new TraceStoreOptions());
        group.Of("alice").Put(trace.Place, trace.Size);
        Assert.Equal((1, trace.Size, trace), (group.Count, group.Bytes, group.FirstOfLargest));
        trace.Place.Leave();
        Assert.Equal((0, 0L, null), (group.Count, group.Bytes, group.FirstOfLargest));
        Assert.Null(group.FirstOf("alice"));
    }

    [Fact]
    public void A_group_tracks_the_size_and_eviction_order_of_its_shelves()
    {
        var (age, size) = (new ShelfGroup(ShelfGroup.OldestFirst), new ShelfGroup(ShelfGroup.LargestFirst));
        StoredTrace[] traces = [
            .. Enumerable.Range(0, 20).Select(index => new StoredTrace(Trace, new TraceStoreOptions()) { Number = index })];
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var place = traces[random.Next(traces.Length)].Place;
            if (random.Next(4) == 0)
            {
                place.Leave();
            }
            else
            {
                (random.Next(2) == 0 ? age : size).Of(random.Next(2) == 0 ? "alice" : "bob").Put(place, random.Next(1, 5));
            }

            foreach (var group in (ShelfGroup[])[age, size])
            {
                var places = traces.Select(trace => trace.Place).Where(placed => placed.Shelf?.Group == group).ToList();
                var largest = places.GroupBy(placed => placed.Shelf!).MaxBy(shelf => (shelf.Sum(placed => placed.Bytes), shelf.Key.Owner));
                Assert.Equal((places.Sum(placed => placed.Bytes), places.Select(placed => placed.Shelf).Distinct().Count()),
                    (group.Bytes, group.Count));
                Assert.Same(largest?.OrderBy(placed => group == size ? -placed.Bytes : 0).ThenBy(placed => placed.Trace.Number)
                    .First().Trace, group.FirstOfLargest);
            }
        }
    }

    private static TraceStore Store() => new(Options.Create(new TraceStoreOptions { MaxMemoryBytes = Capacity }), TimeProvider.System);

    private List<TraceId> Requests(TraceStore store, string? person, int count, params Tag[] tags)
    {
        var ids = new List<TraceId>();
        for (var index = 0; index < count; index++)
        {
            var id = new TraceId(1, (ulong)++_traces);
            store.Add(
                [Of("gateway", "GET /api/users/me", 1, 0, SpanKind.Server, person, tags) with { TraceId = id,
                    Scope = "Microsoft.AspNetCore" }], []);
            ids.Add(id);
        }

        return ids;
    }
}
