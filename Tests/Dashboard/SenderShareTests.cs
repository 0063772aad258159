using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Traces;
using static TraceDemo.Tests.Framework.Telemetry.SpanData;

namespace TraceDemo.Tests.Dashboard;

/// <summary>What one sender sends takes no room from another, in a trace and in the store; what has no room is counted.</summary>
public sealed class SenderShareTests
{
    private const long Capacity = 8 << 20;

    private static readonly Viewer Alice = new("alice", SeesAll: false);

    [Fact]
    public void A_sender_that_fills_its_share_of_a_trace_first_takes_none_of_the_share_of_others()
    {
        var store = Store();
        store.Add(Flood("agent-service", 1000, 20_000), Logs("agent-service", 20_000));
        Span[] late = [Entry(1, "alice"), Of("user-service", "POST /delegate", 2, 1, SpanKind.Server, "alice"),
            Of("document-service", "POST /access", 3, 999, SpanKind.Server, "alice")];
        store.Add(late, Logs("document-service", 1));

        var seen = store.Find(Trace)!.SeenBy(Alice)!;
        Assert.Equal(late, seen.Spans);
        Assert.Single(seen.Logs);
    }

    [Fact]
    public void Spans_beyond_a_senders_share_are_counted_under_its_name()
    {
        var store = Store();
        store.Add([Entry(1, "alice"), .. Flood("agent-service", 1000, 20_000)], Logs("agent-service", 5_000));
        var trace = store.Find(Trace)!;
        var cut = Assert.Single(trace.Cuts);
        Assert.Equal(("agent-service", 20_000, 5_000, 0),
            (cut.Service, cut.Spans + trace.Spans.Count - 1, cut.Logs + trace.Logs.Count, cut.Duplicates));
        Assert.Equal(store.Overflowed, cut.Spans + cut.Logs);
        Assert.Equal([cut], trace.SeenBy(Alice)!.Cuts);
    }

    [Fact]
    public void Logs_of_a_trace_are_limited_in_number_and_leave_room_for_spans()
    {
        var store = Store();
        store.Add([], Logs("agent-service", 50_000));
        Assert.InRange(store.Find(Trace)!.Logs.Count, 1, new TraceStoreOptions().LogsPerSender);
        store.Add([], [.. Logs("agent-service", 50).Select(log => log with { Body = new string('x', 4000) })]);
        store.Add([Of("agent-service", "late", 1)], []);
        Assert.Equal("late", Assert.Single(store.Find(Trace)!.Spans).Name);
    }

    [Fact]
    public void A_span_that_is_sent_twice_is_counted()
    {
        var store = Store();
        store.Add([Entry(1, "alice"), Of("agent-service", "x", 2)], []);
        Assert.Empty(store.Find(Trace)!.Cuts);
        store.Add([Of("agent-service", "another", 2), Of("agent-service", "x", 2)], []);
        Assert.Equal(new SenderCuts("agent-service", 0, 0, 2), Assert.Single(store.Find(Trace)!.Cuts));
        Assert.Equal(2, store.Duplicates);
    }

    [Fact]
    public void Without_keys_additional_sender_names_do_not_enlarge_a_trace()
    {
        var store = Store();
        store.Add([.. Enumerable.Range(1, 20_000).Select(id => Of($"name-{id}", "x", (ulong)id))], []);
        Assert.InRange(store.Size, 1, Capacity / 16);
        Assert.InRange(store.Find(Trace)!.Cuts.Count, 1, 32);
    }

    [Fact]
    public void A_senders_flood_of_traces_without_a_request_evicts_only_its_own()
    {
        var store = Store();
        store.Add([Entry(1, "alice")], []);
        store.Add([Of("user-service", "background", 1) with { TraceId = Id(1) }], []);
        store.Add([.. Enumerable.Range(10, 40_000).Select(index => Of("agent-service", "junk", 1) with { TraceId = Id(index) })], []);
        store.Add(
            [.. Enumerable.Range(100_000, 40_000)
                .Select(index => Of("agent-service", "junk", 1, tags: [Denied]) with { TraceId = Id(index) })], []);

        Assert.NotNull(store.Find(Trace));
        Assert.NotNull(store.Find(Id(1)));
        Assert.Null(store.Find(Id(10)));
        Assert.InRange(store.Size, Capacity / 2, Capacity);
    }

    [Fact]
    public void A_trace_reported_late_by_the_gateway_is_kept_like_others()
    {
        var store = Store();
        store.Add([Of("document-service", "POST /access", 3, 2, SpanKind.Server, "alice")], []);
        store.Add([Entry(1, "alice")], []);
        store.Add([.. Enumerable.Range(10, 40_000).Select(index => Of("document-service", "junk", 1) with { TraceId = Id(index) })], []);
        Assert.Equal(2, store.Find(Trace)!.Spans.Count);
    }

    [Fact]
    public void Ids_chosen_to_collide_in_32_bits_have_different_hashes()
    {
        var spans = Enumerable.Range(1, 50_000)
            .Select(index => new SpanId(((ulong)index << 32) | (uint)index).GetHashCode()).Distinct().Count();
        var traces = Enumerable.Range(1, 50_000)
            .Select(index => new TraceId(((ulong)index << 32) | (uint)index, 1).GetHashCode()).Distinct().Count();
        Assert.InRange(spans, 49_000, 50_000);
        Assert.InRange(traces, 49_000, 50_000);
    }

    [Fact]
    public void A_flood_of_one_sender_keeps_the_rows_of_others_on_the_page()
    {
        var rows =
            Waterfall.Rows(
                Snapshot([Entry(1, "alice"), .. Flood("agent-service", 1000, 30_000).Select(span => span with { Start = 0 }),
                    .. Flood("user-service", 500_000, 300)]));
        Assert.Equal(Waterfall.MaxRows, rows.Count);
        Assert.Equal(301, rows.Count(row => row.Span.Service != "agent-service"));
    }

    private static TraceId Id(int index) => new(1, (ulong)index);

    private static Span[] Flood(string service, ulong first, int count) =>
        [.. Enumerable.Range(0, count).Select(index => Of(service, "junk", first + (ulong)index))];

    private static LogRecord[] Logs(string service, int count) =>
        [.. Enumerable.Repeat(new LogRecord { TraceId = Trace, SpanId = new SpanId(3), Service = service, Body = "junk" }, count)];

    private static TraceStore Store() => new(Options.Create(new TraceStoreOptions { MaxMemoryBytes = Capacity }), TimeProvider.System);
}
