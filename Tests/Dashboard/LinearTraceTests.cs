using TraceDemo.Dashboard.Traces;
using static TraceDemo.Tests.Framework.Telemetry.SpanData;

namespace TraceDemo.Tests.Dashboard;

/// <summary>
/// Traces of shapes that cost the square of their size, in sizes where that is minutes and the right thing far less than a second: each
/// test ends in time on any machine, or on none.
/// </summary>
public sealed class LinearTraceTests
{
    private const int Spans = 100_000;
    private const int Limit = 60_000;

    private static readonly Viewer Alice = new("alice", SeesAll: false);

    [Fact(Timeout = Limit)]
    public Task Logs_of_a_large_trace_are_looked_up_by_span() => Task.Run(
        () =>
        {
            var trace = Snapshot([Entry(1, "alice"), .. Enumerable.Range(2, Spans).Select(id => Of("gateway", "x", (ulong)id, 1))]) with
            {
                Logs = [.. Enumerable.Range(2, 2 * Spans)
                    .Select(id => new LogRecord { TraceId = Trace, SpanId = new SpanId((ulong)id), Service = "gateway" })],
            };
            var seen = trace.SeenBy(Alice)!;
            Assert.Equal((Spans + 1, Spans), (seen.Spans.Count, seen.Logs.Count));
        },
        TestContext.Current.CancellationToken);

    [Fact(Timeout = Limit)]
    public Task Requests_inside_requests_are_walked_once() => Task.Run(
        () =>
        {
            // Above each entry stand all those before it.
            var trace = Snapshot([.. Enumerable.Range(1, Spans).Select(id => Entry((ulong)id, "alice", (ulong)id - 1))]);
            Assert.Equal(Spans, trace.SeenBy(Alice)!.Spans.Count);
            Assert.Equal(Waterfall.MaxRows, Waterfall.Rows(trace).Count);
        },
        TestContext.Current.CancellationToken);

    [Fact(Timeout = Limit)]
    public Task Requests_below_spans_of_others_are_walked_once() => Task.Run(
        () =>
        {
            // A long way up from the last ones, and none of it is alice's.
            var chain = Enumerable.Range(1, Spans).Select(id => Of("dashboard", "x", (ulong)id, (ulong)id - 1));
            var entries = Enumerable.Range(1, Spans).Select(id => Entry((ulong)(Spans + id), "alice", Spans));
            Assert.Equal(Spans, Snapshot([.. chain, .. entries]).SeenBy(Alice)!.Spans.Count);
        },
        TestContext.Current.CancellationToken);

    [Fact(Timeout = Limit)]
    public Task Spans_with_one_id_cost_no_more_than_others() => Task.Run(
        () =>
        {
            var trace = Snapshot([Entry(1, "alice"), .. Enumerable.Repeat(Of("gateway", "x", 2, 2), Spans),
                .. Enumerable.Repeat(Of("gateway", "y", 3, 1), Spans)]);
            Assert.Equal(Spans + 1, trace.SeenBy(Alice)!.Spans.Count);
        },
        TestContext.Current.CancellationToken);

    [Fact(Timeout = Limit)]
    public Task Ids_with_colliding_hashes_are_stored_in_linear_time() => Task.Run(
        () =>
        {
            var store = new TraceStore(Microsoft.Extensions.Options.Options.Create(new TraceStoreOptions()), TimeProvider.System);
            store.Add(
                [.. Enumerable.Range(1, Spans)
                    .Select(id => Of("gateway", "x", 1) with { TraceId = new TraceId(((ulong)id << 32) | (uint)id, 1) })], []);
            Assert.Equal(Spans, store.Count);
        },
        TestContext.Current.CancellationToken);

    [Fact(Timeout = Limit)]
    public Task Eviction_finds_its_trace_without_visiting_all_people() => Task.Run(
        () =>
        {
            var store = new TraceStore(Microsoft.Extensions.Options.Options.Create(new TraceStoreOptions { MaxMemoryBytes = 128 << 20 }),
                TimeProvider.System);
            for (var person = 1; person <= 4 * Spans; person++)
            {
                store.Add([Entry(1, $"person-{person}") with { TraceId = new TraceId(1, (ulong)person) }], []);
            }
            Assert.InRange(store.Evicted, 3 * Spans, 4 * Spans);
        },
        TestContext.Current.CancellationToken);
}
