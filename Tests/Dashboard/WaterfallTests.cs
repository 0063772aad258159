using FsCheck;
using FsCheck.Fluent;
using TraceDemo.Dashboard.Traces;
using static TraceDemo.Tests.Framework.Telemetry.SpanData;

namespace TraceDemo.Tests.Dashboard;

public sealed class WaterfallTests
{
    [Fact]
    public void Children_follow_their_parent_in_the_order_of_time()
    {
        var rows = Waterfall.Rows(Snapshot(Of("a", "second", 5, 1), Of("a", "inner", 3, 2), Of("a", "first", 2, 1), Of("a", "root", 1)));
        Assert.Equal([("root", 0), ("first", 1), ("inner", 2), ("second", 1)], rows.Select(row => (row.Span.Name, row.Depth)));
    }

    [Fact]
    public void A_missing_parent_is_shown_as_missing()
    {
        var rows = Waterfall.Rows(Snapshot(Of("a", "orphan", 7, 6), Of("a", "root", 1)));
        Assert.Equal([("root", false), ("orphan", true)], rows.Select(row => (row.Span.Name, row.ParentMissing)));
    }

    [Fact]
    public void Large_values_of_one_sender_leave_the_rows_of_others_on_the_page()
    {
        var large = Enumerable.Range(1, 64).Select(index => Text($"key-{index}", new string('x', 4096))).ToArray();
        var rows = Waterfall.Rows(Snapshot([
            .. Enumerable.Range(1, 1000).Select(id => Of("agent-service", "large", (ulong)id, tags: large) with { Start = 0 }),
            .. Enumerable.Range(1, 500).Select(id => Of("user-service", "work", (ulong)id))]));

        Assert.Equal(500, rows.Count(row => row is { IsCut: false, Span.Service: "user-service" }));
        Assert.InRange(rows.Count(row => row is { IsCut: true, Span.Service: "agent-service" }), 50, 500);
        Assert.InRange(rows.Sum(row => row.Cost), 500, Waterfall.MaxRows);
    }

    [Fact]
    public void A_large_span_shows_its_outcome_and_the_start_of_each_value()
    {
        var large = Enumerable.Range(1, 63).Select(index => Text($"key-{index}", new string('x', 4096)));
        var span = Of("document-service", "doc.access", 1,
            tags: [.. large, Denied]) with
        { Events = [new SpanEvent(1, "access.denied", [])] };
        var log = new LogRecord { TraceId = Trace, SpanId = span.Id, Service = "document-service", Body = "said" };
        var row = Assert.Single(Waterfall.Rows(Snapshot(span) with { Logs = [log] }));

        Assert.True(row.IsCut && row.Span.IsDenied());
        Assert.Equal((64, 0, 0), (row.Span.Attributes.Length, row.Span.Events.Length, row.Logs.Count));
        Assert.All(row.Span.Attributes[..63], tag => Assert.InRange(tag.Value.Length, 128, 4096));
        Assert.InRange(row.Span.Attributes.Sum(tag => tag.Value.Length), 16_000, 32_000);
        Assert.Equal((64, 1), (span.Attributes.Length, span.Events.Length));
    }

    [Fact]
    public void Logs_and_events_are_shown_up_to_the_limit()
    {
        var span =
            Of("a", "x", 1) with { Events = [.. Enumerable.Repeat(new SpanEvent(1, "e", [Text("text", new string('x', 4000))]), 2)] };
        var logs = Enumerable.Repeat(new LogRecord { TraceId = Trace, SpanId = span.Id, Service = "a", Body = new string('x', 4000) },
            1000);
        var row = Assert.Single(Waterfall.Rows(Snapshot(span) with { Logs = [.. logs] }));

        Assert.Equal((true, 2, 1), (row.IsCut, row.Span.Events.Length, row.Logs.Count));
    }

    [Fact]
    public void A_log_that_does_not_fit_uses_no_space_and_hides_no_smaller_log()
    {
        var span = Of("a", "x", 1) with
        {
            Events = [
            new SpanEvent(1, "too large", [Text("text", new string('x', 2 * RowDetails.MaxCharacters))])]
        };
        LogRecord[] logs = [new LogRecord { TraceId = Trace, SpanId = span.Id, Service = "a", Body = "said" }, new LogRecord
        {
            TraceId = Trace,
            SpanId = span.Id,
            Service = "a",
            Body = "and this",
        }];
        var row = Assert.Single(Waterfall.Rows(Snapshot(span) with { Logs = logs }));

        Assert.Equal((true, 0, 1), (row.IsCut, row.Span.Events.Length, row.Cost));
        Assert.Equal(["said", "and this"], row.Logs.Select(log => log.Body));
    }

    [Fact]
    public void Every_span_appears_once_for_any_parent_references() => Prop.ForAll(
        (from id in Gen.Choose(1, 10)
         from parent in Gen.Choose(0, 10)
         select Of("a", "x", (ulong)id, (ulong)parent)).ArrayOf().ToArbitrary(),
        spans => Waterfall.Rows(Snapshot(spans)).Select(row => row.Span).ToHashSet(ReferenceEqualityComparer.Instance).SetEquals(spans)
            && Waterfall.Rows(Snapshot(spans)).Count == spans.Length).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Bars_stay_inside_the_chart_despite_clock_differences() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, int.MaxValue)).Select(times => Of("a", "x", (ulong)times.Item1 + 1) with
        {
            Start = (long)times.Item1 << 32,
            End = Math.Max((long)times.Item1 << 32, (long)times.Item2 << 32),
        }).ArrayOf().ToArbitrary(),
        spans => Waterfall.Rows(Snapshot(spans))
            .All(row => row.Left is >= 0 and <= 1000 && row.Width >= 0 && row.Left + row.Width <= 1000.001))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
