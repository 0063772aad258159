using TraceDemo.Standalone.Feed;

namespace TraceDemo.Tests.Standalone;

public sealed class FeedDecisionTests
{
    [Fact]
    public void A_complete_feed_selects_the_default_profile() =>
        Assert.IsType<FeedDecision.Default>(FeedDecision.From(Restore(0, "  Restored /demo/Gateway/Gateway.csproj (in 512 ms).")));

    [Fact]
    public void Missing_packages_or_versions_select_the_restricted_profile_and_are_named_once()
    {
        var decision = FeedDecision.From(Restore(
            1,
            "  Determining projects to restore...",
            "/demo/A/A.csproj : error NU1101: Unable to find package Duende.IdentityModel. No packages exist with this id in source(s): "
            + "nuget.org [/demo/B.csproj]",
            "/demo/B/B.csproj : error NU1101: Unable to find package Duende.IdentityModel. No packages exist with this id in source(s): "
            + "nuget.org",
            "/demo/A/A.csproj : error NU1102: Unable to find package Yarp.ReverseProxy with version (>= 2.3.0)",
            "/demo/A/A.csproj : error NU1102:   - Found 1 version(s) in nuget.org [ Nearest version: 2.1.0 ]",
            "/demo/A/A.csproj : error NU1603: Warning As Error: A depends on X (>= 10.0.12) but X 10.0.12 was not found. X 10.0.14 was "
            + "resolved instead."));

        var restricted = Assert.IsType<FeedDecision.Restricted>(decision);
        Assert.Equal(["Duende.IdentityModel", "Yarp.ReverseProxy 2.3.0"], restricted.Missing);
    }

    [Fact]
    public void An_unreachable_feed_leaves_the_profile_undecided()
    {
        const string Error =
            "/demo/A.csproj : error NU1301: Unable to load the service index for source https://feed.example/v3/index.json.";
        var undecided = Assert.IsType<FeedDecision.Undecided>(
            FeedDecision.From(Restore(1, "  Determining projects to restore...", Error, Error)));
        Assert.Equal([Error], undecided.Errors);
    }

    [Fact]
    public async Task The_decision_is_kept_where_every_project_reads_it()
    {
        var root = Directory.CreateTempSubdirectory("tracedemo-feed-").FullName;
        var profile = new FeedProfile(root);
        Assert.False(profile.IsDecided);

        profile.Write("restricted");

        Assert.True(profile.IsDecided);
        Assert.True(profile.IsRestricted);
        var props = await File.ReadAllTextAsync(Path.Combine(root, "artifacts", "feed.props"), TestContext.Current.CancellationToken);
        Assert.Contains("<FeedProfile>restricted</FeedProfile>", props, StringComparison.Ordinal);
        profile.Write("default");
        Assert.False(profile.IsRestricted);
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_repository_that_cannot_be_restored_stops_before_the_build_with_the_reason()
    {
        var root = Directory.CreateTempSubdirectory("tracedemo-feed-").FullName;
        var output = new StringWriter();

        Assert.False(await new Preparation(root, output, TimeProvider.System).DecideProfileAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith("packages failed:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("MSB1009", output.ToString(), StringComparison.Ordinal);
        Assert.False(new FeedProfile(root).IsDecided);
        Directory.Delete(root, recursive: true);
    }

    private static CliResult Restore(int exitCode, params string[] output) => new(exitCode, output, TimeSpan.Zero);
}
