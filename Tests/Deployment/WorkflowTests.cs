using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Deployment;

public sealed class WorkflowTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows", "ci.yml"));

    [Fact]
    public void The_workflow_breaks_no_rule() => Assert.Empty(WorkflowRules.Findings(Text));

    [Theory]
    [InlineData("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "not pinned: - uses: actions/checkout@v7")]
    [InlineData(" # v6.0.0", "", "not pinned: - uses: actions/setup-dotnet@a98b56852c35b8e3190ac28c8c2271da59106c68")]
    [InlineData("contents: read", "contents: write", "permission contents: write")]
    [InlineData("contents: read", "contents: read\n  id-token: write", "permission id-token: write")]
    [InlineData("permissions:\n  contents: read\n", "", "permission all")]
    [InlineData("  pull_request:", "  pull_request_target:", "trigger pull_request_target")]
    [InlineData("    timeout-minutes: 60\n", "", "tests: no end within an hour")]
    [InlineData("ubuntu-24.04", "ubuntu-latest", "tests: no fixed runner")]
    [InlineData("persist-credentials: false", "persist-credentials: true", "tests: the token stays in the working copy")]
    [InlineData("run: dotnet build TraceDemo.sln", "run: echo ${{ github.event.pull_request.title }}", "an expression stands in a script")]
    [InlineData("run: dotnet build TraceDemo.sln", "run: echo $TOKEN\n        env:\n          TOKEN: ${{ secrets.TOKEN }}",
        "a secret is used")]
    [InlineData("    runs-on: ubuntu-24.04\n", "    runs-on: ubuntu-24.04\n    permissions: write-all\n", "tests: permissions of its own")]
    public void A_workflow_that_breaks_a_rule_is_reported(string part, string instead, string finding)
    {
        Assert.Contains(part, Text, StringComparison.Ordinal);
        Assert.Contains(finding, WorkflowRules.Findings(Text.Replace(part, instead, StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_versions_of_one_action_are_reported()
    {
        var at = Text.IndexOf("actions/checkout@3d3c", StringComparison.Ordinal) + "actions/checkout@".Length;
        Assert.Contains("several versions: actions/checkout", WorkflowRules.Findings(Text[..at] + "4" + Text[(at + 1)..]));
    }

    [Fact]
    public void Both_test_projects_the_format_and_every_image_are_checked()
    {
        var scripts = string.Concat(WorkflowRules.Steps(WorkflowRules.Read(Text)).Select(step => WorkflowRules.Text(step, "run") + "\n"));
        string[] expected =
        [
            "dotnet build TraceDemo.sln", "dotnet test Tests ", "dotnet test AppHost.Tests",
            "dotnet format TraceDemo.sln --verify-no-changes",
            "docker build --tag tracedemo-keycloak AppHost/keycloak", $"for service in {string.Join(' ', ServicesByFlow)}; do",
            "FullyQualifiedName~Keycloak",
            "for target in compose k8s; do", "docker compose config --quiet", "helm template ",
        ];
        Assert.All(expected, part => Assert.Contains(part, scripts, StringComparison.Ordinal));
    }

    [Fact]
    public void The_workflow_tests_with_the_Keycloak_version_of_the_image() =>
        Assert.Contains($"KEYCLOAK_VERSION: {Dockerfile.Version}\n", Text, StringComparison.Ordinal);

    private static IEnumerable<string> ServicesByFlow => Service.Relying.Select(service => service.Project);
}
