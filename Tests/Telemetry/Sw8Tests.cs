using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;

namespace TraceDemo.Tests.Telemetry;

public sealed class Sw8Tests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Segment = "b7ad6b7169203331";

    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<NonEmptyString>()
        .Select(text => new string([.. text.Get.Where(character => !char.IsSurrogate(character))]))
        .Where(text => text.Length is > 0 and < 40);

    private static readonly Arbitrary<Sw8> Contexts = (
        from sampled in Gen.Elements(true, false)
        from texts in Text.ArrayOf(6)
        from span in Gen.Choose(0, int.MaxValue)
        select new Sw8(sampled, texts[0], texts[1], span, texts[2], texts[3], texts[4], texts[5])).ToArbitrary();

    private static readonly Arbitrary<string> Hostile = Gen.Choose(0, 300)
        .SelectMany(length => Gen.Elements("01--=AZaz9+/ \t\u0000\u00e9\ud83d".ToCharArray()).ArrayOf(length))
        .Select(characters => new string(characters)).ToArbitrary();

    [Fact]
    public void A_written_sw8_reads_back_the_same() => Prop.ForAll(
        Contexts, context => Sw8.TryParse(context.ToString(), out var read) && read == context).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_sw8_maps_to_a_valid_traceparent_and_always_to_the_same() => Prop.ForAll(Contexts, context =>
    {
        var parent = context.ToTraceParent();
        return TraceParent.TryParse(parent.ToString(), out var read) && read == parent && parent == context.ToTraceParent();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parsing_any_sw8_never_throws() => Prop.ForAll(Hostile, text =>
    {
        _ = Sw8.TryParse(text, out var read);
        return read is null || Sw8.TryParse(read.ToString(), out _);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Spans_of_one_foreign_trace_map_to_one_trace()
    {
        Assert.True(Sw8.TryParse(Header("1", "foreign.trace.1", "segment-a", "3"), out var first));
        Assert.True(Sw8.TryParse(Header("1", "foreign.trace.1", "segment-b", "0"), out var second));

        Assert.Equal(first.ToTraceParent().TraceId, second.ToTraceParent().TraceId);
        Assert.NotEqual(first.ToTraceParent().ParentId, second.ToTraceParent().ParentId);
    }

    [Theory]
    [InlineData("1", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("0", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")]
    public void Our_own_ids_are_restored_unchanged(string sampled, string expected)
    {
        Assert.True(Sw8.TryParse(Header(sampled, Trace, Segment, "0"), out var context));
        Assert.Equal(expected, context.ToTraceParent().ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1-a-b")]
    [InlineData("2-YQ==-YQ==-0-YQ==-YQ==-YQ==-YQ==")]
    [InlineData("1-YQ==-YQ==--1-YQ==-YQ==-YQ==-YQ==")]
    [InlineData("1-YQ==-YQ==-99999999999-YQ==-YQ==-YQ==-YQ==")]
    [InlineData("1-!!!!-YQ==-0-YQ==-YQ==-YQ==-YQ==")]
    [InlineData("1--YQ==-0-YQ==-YQ==-YQ==-YQ==")]
    [InlineData("1-/////w==-YQ==-0-YQ==-YQ==-YQ==-YQ==")]
    [InlineData("1-YQ==-YQ==-0-YQ==-YQ==-YQ==-YQ==-YQ==")]
    public void A_malformed_sw8_is_refused(string? header) => Assert.False(Sw8.TryParse(header, out _));

    [Fact]
    public void A_sw8_beyond_its_bound_is_refused() =>
        Assert.False(Sw8.TryParse(Header("1", new string('t', Sw8.MaxLength), Segment, "0"), out _));

    private static string Header(string sampled, string trace, string segment, string span) =>
        string.Join('-', sampled, Base64(trace), Base64(segment), span, Base64("service"), Base64("instance"),
            Base64("/endpoint"), Base64("host:80"));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
