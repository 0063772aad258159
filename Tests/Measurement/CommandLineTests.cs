using TraceDemo.Benchmarks;

namespace TraceDemo.Tests.Measurement;

public sealed class CommandLineTests
{
    private static readonly string[] Known = ["gateway", "start"];

    [Theory]
    [InlineData("nonsense")]
    [InlineData("--rounds")]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "-1")]
    [InlineData("--seconds", "61")]
    [InlineData("start", "--seconds", "x")]
    public void An_unknown_argument_is_an_error_that_lists_the_valid_ones(params string[] arguments) =>
        Assert.Contains("gateway, start", CommandLine.Parse(arguments, Known).Error, StringComparison.Ordinal);

    [Fact]
    public void Without_a_name_all_benchmarks_run() => Assert.Equal(Known, CommandLine.Parse([], Known).Names);

    [Fact]
    public void Names_and_options_may_come_in_any_order()
    {
        var line = CommandLine.Parse(["--rounds", "2", "start", "--seconds", "1"], Known);

        Assert.Null(line.Error);
        Assert.Equal(["start"], line.Names);
        Assert.Equal((2, TimeSpan.FromSeconds(1)), (line.Effort.Rounds, line.Effort.Duration));
    }
}
