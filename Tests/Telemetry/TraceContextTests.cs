using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using TraceDemo.ServiceDefaults.Telemetry.Propagation;

namespace TraceDemo.Tests.Telemetry;

public sealed class TraceContextTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = "b7ad6b7169203331";
    private static readonly Arbitrary<string> Hostile = Gen.Choose(0, 600)
        .SelectMany(length => Gen.Elements("00-af,=\t ;@*/_AZ9z~\u0000\u00e9\ud83d\r\n".ToCharArray()).ArrayOf(length))
        .Select(characters => new string(characters)).ToArbitrary();

    [Theory]
    [InlineData($"00-{Trace}-{Parent}-01", $"00-{Trace}-{Parent}-01")]
    [InlineData($"00-{Trace}-{Parent}-00", $"00-{Trace}-{Parent}-00")]
    [InlineData($"00-{Trace}-{Parent}-03", $"00-{Trace}-{Parent}-03")]
    [InlineData($"00-{Trace}-{Parent}-ff", $"00-{Trace}-{Parent}-03")]
    [InlineData($" \t00-{Trace}-{Parent}-02 ", $"00-{Trace}-{Parent}-02")]
    [InlineData($"01-{Trace}-{Parent}-01", $"00-{Trace}-{Parent}-01")]
    [InlineData($"cc-{Trace}-{Parent}-01-what-the-future-will-be-like", $"00-{Trace}-{Parent}-01")]
    [InlineData($"fe-{Trace}-{Parent}-01-", $"00-{Trace}-{Parent}-01")]
    public void A_valid_traceparent_is_read_and_written_as_version_00(string header, string written)
    {
        Assert.True(TraceParent.TryParse(header, out var parent));
        Assert.Equal(written, parent.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData($"ff-{Trace}-{Parent}-01")]
    [InlineData($"00-{Trace}-{Parent}-01-extra")]
    [InlineData($"00-{Trace}-{Parent}-01-")]
    [InlineData($"cc-{Trace}-{Parent}-01.what")]
    [InlineData($"00-00000000000000000000000000000000-{Parent}-01")]
    [InlineData($"00-{Trace}-0000000000000000-01")]
    [InlineData($"00-0AF7651916CD43DD8448EB211C80319C-{Parent}-01")]
    [InlineData($"00-{Trace}-B7AD6B7169203331-01")]
    [InlineData($"00-{Trace}-{Parent}-0G")]
    [InlineData($"00-{Trace}-{Parent}-0A")]
    [InlineData($"0-{Trace}-{Parent}-01")]
    [InlineData($".0-{Trace}-{Parent}-01")]
    [InlineData($"CC-{Trace}-{Parent}-01")]
    [InlineData($"00-{Trace}-{Parent}-1")]
    [InlineData($"00_{Trace}-{Parent}-01")]
    [InlineData($"00-{Trace}-{Parent}-01,00-{Trace}-{Parent}-01")]
    [InlineData($"00-{Trace}-{Parent}-\u0660\u0661")]
    public void An_invalid_traceparent_is_refused(string header) => Assert.False(TraceParent.TryParse(header, out _));

    [Fact]
    public void A_written_traceparent_reads_back_the_same() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte>(), flags =>
        {
            var parent = new TraceParent(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), (byte)(flags & 3));
            return TraceParent.TryParse(parent.ToString(), out var read) && read == parent;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parsing_any_traceparent_never_throws_and_accepted_ones_are_valid_for_dotnet() => Prop.ForAll(
        Hostile, text => !TraceParent.TryParse(text, out var read) || ActivityContext.TryParse(read.ToString(), null, out _))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_traceparent_with_one_character_changed_is_refused_or_still_written_canonically() => Prop.ForAll(
        Gen.Choose(0, 54).ToArbitrary(), ArbMap.Default.ArbFor<char>(), (index, character) =>
        {
            var text = $"00-{Trace}-{Parent}-01".ToCharArray();
            text[index] = character;
            return !TraceParent.TryParse(text, out var read) || (TraceParent.TryParse(read.ToString(), out var again) && again == read);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("foo=1,bar=2", "foo=1,bar=2")]
    [InlineData("foo=1 \t , \t bar=2", "foo=1,bar=2")]
    [InlineData("foo=1,,bar=2,", "foo=1,bar=2")]
    [InlineData("foo=1,foo=2,bar=3", "foo=1,bar=3")]
    [InlineData("0tenant@system=1", "0tenant@system=1")]
    [InlineData("a_-*/@b= spaced value~", "a_-*/@b= spaced value~")]
    public void A_valid_tracestate_is_accepted(string header, string expected) => Assert.Equal(expected, TraceState.Parse(header));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ,")]
    [InlineData("foo")]
    [InlineData("foo=")]
    [InlineData("=1")]
    [InlineData("foo =1")]
    [InlineData("FOO=1")]
    [InlineData("@foo=1")]
    [InlineData("foo=1=2")]
    [InlineData("foo=1,bar=\u00e9")]
    [InlineData("foo=1,bar=2\u007f")]
    [InlineData("foo=a\tb")]
    [InlineData("foo.bar=1")]
    public void A_tracestate_with_an_invalid_member_is_discarded_whole(string? header) => Assert.Null(TraceState.Parse(header));

    [Fact]
    public void A_tracestate_has_at_most_32_members_of_at_most_256_characters_each_side()
    {
        var (key, value) = (new string('k', 256), new string('v', 256));
        var full = string.Join(',', Enumerable.Range(0, 32).Select(n => $"{n:d2}{key[2..]}={value}"));

        Assert.Equal(full, TraceState.Parse(full));
        Assert.Null(TraceState.Parse($"{full},a=1"));
        Assert.Null(TraceState.Parse($"k{key}=1"));
        Assert.Null(TraceState.Parse($"k=v{value}"));
        Assert.Equal(string.Join(',', Enumerable.Range(0, 32).Select(n => $"k{n}=1")),
            TraceState.Parse(string.Join(',', Enumerable.Range(0, 32).Select(n => $"k{n}=1"))));
        Assert.Null(TraceState.Parse(string.Join(',', Enumerable.Range(0, 33).Select(n => $"k{n}=1"))));
    }

    [Fact]
    public void Parsing_a_tracestate_never_throws_stays_in_bounds_and_is_idempotent() => Prop.ForAll(Hostile, text =>
    {
        var parsed = TraceState.Parse(text);
        return parsed is null
            || (parsed == TraceState.Parse(parsed) && parsed.Length <= text.Length && parsed.Split(',').Length <= TraceState.MaxMembers);
    }).QuickCheckThrowOnFailure();
}
