using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Traces;
using static TraceDemo.Tests.Framework.Telemetry.SpanData;
using Outcome = TraceDemo.Dashboard.Traces.Outcome;

namespace TraceDemo.Tests.Dashboard;

public sealed class TraceStoreTests
{
    private const long Capacity = 1 << 20;

    [Fact]
    public void A_late_span_joins_its_trace_in_any_order()
    {
        var store = Store();
        store.Add([Of("document-service", "POST /access", 3, 2)], []);
        store.Add([Entry(1, "alice")], []);
        store.Add([Of("user-service", "POST /delegate", 2, 1)], []);
        Assert.Equal([3UL, 1UL, 2UL], store.Find(Trace)!.Spans.Select(span => span.Id.Value));
    }

    [Fact]
    public void A_repeated_span_is_kept_once()
    {
        var store = Store();
        store.Add([Entry(1, "alice"), Entry(1, "alice")], []);
        store.Add([Entry(1, "alice")], []);
        Assert.Single(store.Find(Trace)!.Spans);
    }

    [Fact]
    public void A_trace_is_complete_two_seconds_after_its_last_span_and_opens_again()
    {
        var clock = ManualTime.Calendar();
        var store = Store(clock);
        store.Add([Entry(1, "alice")], []);
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(store.Find(Trace)!.IsComplete(clock.GetUtcNow()));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(store.Find(Trace)!.IsComplete(clock.GetUtcNow()));
        store.Add([Of("keycloak", "POST /token", 2, 1)], []);
        Assert.False(store.Find(Trace)!.IsComplete(clock.GetUtcNow()));
    }

    [Theory]
    [InlineData(true, Outcome.None)]
    [InlineData(false, Outcome.Denied)]
    public void A_denied_what_if_is_not_a_denial(bool whatIf, Outcome outcome)
    {
        Tag[] tags = [Text("policy.decision", "deny"), .. whatIf ? [new Tag("policy.what_if", TagKind.Flag, "true")] : Array.Empty<Tag>()];
        var summary = TraceSummary.Of(Snapshot(Entry(1, "alice"), Of("document-service", "policy_evaluation", 2, 1, tags: tags)));

        Assert.Equal(outcome, summary.Outcome);
    }

    [Fact]
    public void A_full_store_evicts_the_oldest_ordinary_trace_first()
    {
        var store = Store();
        Fill(store, 0, "alice", denied: false, count: 3000);
        Assert.Null(store.Find(Id(0)));
        Assert.NotNull(store.Find(Id(2999)));
        Assert.InRange(store.Size, Capacity / 2, Capacity);
    }

    [Fact]
    public void A_denial_is_kept_longer_than_any_number_of_ordinary_traces()
    {
        var store = Store();
        Fill(store, 0, "alice", denied: true, count: 1);
        Fill(store, 1, "bob", denied: false, count: 5000);
        Assert.NotNull(store.Find(Id(0)));
    }

    [Fact]
    public void One_persons_flood_of_denials_evicts_only_their_own()
    {
        var store = Store();
        Fill(store, 0, "alice", denied: true, count: 5);
        Fill(store, 100, "mallory", denied: true, count: 5000);
        Assert.All(Enumerable.Range(0, 5), index => Assert.NotNull(store.Find(Id(index))));
        Assert.Null(store.Find(Id(100)));
        Assert.NotNull(store.Find(Id(5099)));
    }

    [Fact]
    public void One_trace_cannot_take_the_whole_store()
    {
        var store = Store();
        store.Add([.. Enumerable.Range(1, 20_000).Select(id => Of($"service-{id % 20}", "x", (ulong)id))], []);
        Assert.InRange(store.Size, Capacity / 32, Capacity / 16);
        Assert.True(store.Overflowed > 0);
    }

    [Fact]
    public void The_store_stays_within_its_limit_and_its_counts_stay_exact_for_any_input() => Prop.ForAll(
        (from person in Gen.Elements("alice", "bob", "carol", null)
         from denied in Gen.Elements(true, false)
         from trace in Gen.Choose(0, 400)
         from size in Gen.Choose(0, 3000)
         from sender in Gen.Elements("x", "x", "x", "y")
         select (person, denied, trace, size, sender)).ListOf(800).ToArbitrary(),
        given =>
        {
            var store = Store();
            var next = 1UL;
            foreach (var (person, denied, trace, size, sender) in given)
            {
                var span = person is null ? Of(sender, "x", next++) : Entry(next++, person);
                store.Add(
                    [span with { TraceId = Id(trace), Attributes = [
                        .. span.Attributes, Text("pad", new string('x', size)), .. denied ? [Denied] : Array.Empty<Tag>()] }], []);
                if (store.Size > Capacity)
                {
                    return false;
                }
            }

            return store.Count == store.Newest(null).Count()
                && store.Size == store.Newest(null).Sum(trace => RetainedBytes.Trace + trace.Spans.Sum(span => (long)RetainedBytes.Of(span))
                + trace.Spans.Select(span => span.Service).Union(trace.Cuts.Select(cut => cut.Service))
                    .Sum(sender => RetainedBytes.Sender + RetainedBytes.Of(sender)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void The_list_shows_a_person_only_their_own_newest_first()
    {
        var store = Store();
        Fill(store, 0, "alice", denied: false, count: 2);
        Fill(store, 2, "bob", denied: true, count: 1);
        var query = new TraceQuery(store);
        Assert.Equal([Id(1), Id(0)], query.List(new TraceFilter(), new Viewer("alice", SeesAll: false)).Select(trace => trace.Id));
        Assert.Equal(3, query.List(new TraceFilter(), new Viewer("root", SeesAll: true)).Count);
    }

    [Fact]
    public void Filters_are_combined_with_and()
    {
        var store = Store();
        store.Add(
            [Entry(1, "alice"),
                Of("user-service", "user.delegate", 2, 1, SpanKind.Server,
                    tags: [Denied, Text("agent.id", "summarizer"), Text("document.id", "DOC-001"),
                        Text("access.reason", "intersection_insufficient")])], []);
        Fill(store, 5, "alice", denied: false, count: 1);
        var alice = new Viewer("alice", SeesAll: false);
        var query = new TraceQuery(store);
        Assert.Equal(Trace,
            Assert.Single(query.List(new TraceFilter { Agent = "summarizer", Document = "doc-001", Outcome = Outcome.Denied }, alice)).Id);
        Assert.Equal(Trace, Assert.Single(query.List(new TraceFilter { Service = "user-service", MinMilliseconds = 1.2 }, alice)).Id);
        Assert.Empty(query.List(new TraceFilter { Agent = "summarizer", Outcome = Outcome.Allowed }, alice));
        Assert.Empty(query.List(new TraceFilter { MinMilliseconds = 60_000 }, alice));
    }

    private static TraceId Id(int index) => new(1, (ulong)index + 1);

    private static void Fill(TraceStore store, int first, string person, bool denied, int count)
    {
        for (var index = first; index < first + count; index++)
        {
            var span = Entry((ulong)index + 1, person) with { TraceId = Id(index) };
            store.Add([denied ? span with { Attributes = [.. span.Attributes, Denied] } : span], []);
        }
    }

    private static TraceStore Store(TimeProvider? clock = null) =>
        new(Options.Create(new TraceStoreOptions { MaxMemoryBytes = Capacity }), clock ?? TimeProvider.System);
}
