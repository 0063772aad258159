using TraceDemo.Tests.Framework.Conventions;
using TraceDemo.Tests.Framework.Published;

namespace TraceDemo.AppHost.Tests;

/// <summary>What Aspire makes of the model for each target, held to that target's rules and to ours. Needs no container runtime.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly Publication _publication = new();

    [Fact]
    public async Task The_composition_breaks_no_rule()
    {
        await PublishAsync("compose");

        var file = ComposeFile.Read(_publication.Folder);
        Findings.None(ComposeRules.Findings(file).Concat(ComposeHardeningRules.Findings(file)));
    }

    [Fact]
    public async Task The_chart_breaks_no_rule()
    {
        await PublishAsync("k8s");

        var chart = HelmChart.Read(_publication.Folder);
        Findings.None(ApiServerRules.Findings(chart).Concat(HardeningRules.Findings(chart)));
    }

    [Theory]
    [InlineData("compose", "true", "EMBEDDED=true runs the development identity provider, which is never deployed.")]
    [InlineData("k8s", "true", "EMBEDDED=true runs the development identity provider, which is never deployed.")]
    [InlineData("moon", "false", "DeployTarget must be compose, k8s or aca, not 'moon'.")]
    public async Task A_configuration_that_cannot_be_published_is_refused_with_its_reason(string target, string embedded, string reason)
    {
        var (exitCode, output) = await _publication.RunAsync(target, ("EMBEDDED", embedded));

        Assert.NotEqual(0, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_publication.Folder));
    }

    public void Dispose() => _publication.Dispose();

    private async Task PublishAsync(string target)
    {
        var (exitCode, output) = await _publication.RunAsync(target);
        Assert.True(exitCode == 0, $"Publishing to {target} ended with {exitCode}:\n{output}");
    }
}
