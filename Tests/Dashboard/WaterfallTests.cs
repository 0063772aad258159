using FsCheck;
using FsCheck.Fluent;
using TraceDemo.Dashboard.Traces;
using static TraceDemo.Tests.Dashboard.SpanData;

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
    public void Every_span_stands_there_once_whatever_the_parents_say() => Prop.ForAll(
        (from id in Gen.Choose(1, 10)
         from parent in Gen.Choose(0, 10)
         select Of("a", "x", (ulong)id, (ulong)parent)).ArrayOf().ToArbitrary(),
        spans => Waterfall.Rows(Snapshot(spans)).Select(row => row.Span).ToHashSet(ReferenceEqualityComparer.Instance).SetEquals(spans)
            && Waterfall.Rows(Snapshot(spans)).Count == spans.Length).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Bars_stay_inside_the_picture_whatever_the_clocks_say() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, int.MaxValue)).Select(times => Of("a", "x", (ulong)times.Item1 + 1) with
        {
            Start = (long)times.Item1 << 32,
            End = Math.Max((long)times.Item1 << 32, (long)times.Item2 << 32),
        }).ArrayOf().ToArbitrary(),
        spans => Waterfall.Rows(Snapshot(spans)).All(row => row.Left is >= 0 and <= 1000 && row.Width >= 0 && row.Left + row.Width <= 1000.001))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
