using TraceDemo.Benchmarks.Systems;

namespace TraceDemo.Tests.Measurement;

public sealed class MemoryUseTests
{
    private static readonly string[] Rollup = ["55d0-7ffd ---p 00000000 00:00 0  [rollup]", "Rss:              141260 kB",
        "Pss:               65432 kB", "Pss_Anon:          40000 kB"];

    [Fact]
    public void The_proportional_part_is_read_from_its_own_field() => Assert.Equal(65432, MemoryUse.Kibibytes(Rollup));

    [Theory]
    [InlineData("Rss: 141260 kB")]
    [InlineData("Pss: many kB")]
    [InlineData("")]
    public void Without_the_field_it_is_unknown(string line) => Assert.Null(MemoryUse.Kibibytes([line]));

    [Fact]
    public void This_process_uses_some_and_shares_a_part_of_it()
    {
        var use = MemoryUse.Of(Environment.ProcessId);

        Assert.True(use.Resident > 1024 * 1024);
        Assert.True(use.Proportional is null or > 0);
        Assert.True(use.Proportional is null || use.Proportional <= use.Resident * 2);
    }
}
