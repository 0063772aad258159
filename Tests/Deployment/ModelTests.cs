using System.Text.RegularExpressions;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;
using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Deployment;

/// <summary>
/// What is deployed, as far as its sources tell: AppHost itself needs packages that not every feed has. Names, ports and versions are those
/// of the plain processes, so that what is tested on these holds there.
/// </summary>
public sealed partial class ModelTests
{
    private static readonly string Source =
        string.Join('\n', SourceFiles.CSharp.Where(file => file.Project == "AppHost").Select(file => file.Text));

    [Fact]
    public void Azure_deploys_the_model_and_nothing_else()
    {
        var azure = WorkflowRules.Read(File.ReadAllText(Path.Combine(Repository.Root, "azure.yaml")));
        var services = (YamlMappingNode)azure.Children["services"];
        var service = (YamlMappingNode)Assert.Single(services.Children).Value;
        Assert.Equal(("dotnet", "containerapp"), (WorkflowRules.Text(service, "language"), WorkflowRules.Text(service, "host")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, WorkflowRules.Text(service, "project"))),
            WorkflowRules.Text(service, "project"));
    }

    [Fact]
    public void The_model_contains_every_service()
    {
        var projects = Project().Matches(Source)
            .Select(match => (match.Groups["service"].Value, match.Groups["project"].Value)).ToHashSet();
        Assert.Equal(Service.Relying.Append(Service.Identity)
            .Select(service => (service == Service.Identity ? "Identity" : service.Project, service.Project)).ToHashSet(), projects);
    }

    [Fact]
    public void The_image_of_Keycloak_is_built_from_its_folder_with_the_newly_generated_realm()
    {
        Assert.Contains("WithDockerfile(\"keycloak\")", Source, StringComparison.Ordinal);
        Assert.Contains("ProductionRealm.Write(", Source, StringComparison.Ordinal);
    }

    /// <summary>Keycloak ends at its start when an option of its build has another value then.</summary>
    [Fact]
    public void No_option_of_Keycloaks_build_has_another_value_when_it_starts()
    {
        var set = KeycloakSetting().Matches(Source)
            .Where(match => Dockerfile.BuildOptions.ContainsKey(match.Groups["name"].Value)).ToList();
        Assert.NotEmpty(set);
        Assert.All(set, match => Assert.Equal(Dockerfile.BuildOptions[match.Groups["name"].Value], match.Groups["value"].Value));
    }

    [Fact]
    public void Each_target_is_an_environment_of_its_own() =>
        Assert.All(
            ["AddDockerComposeEnvironment(", "AddKubernetesEnvironment(", "AddAzureContainerAppEnvironment("],
            call => Assert.Single(Regex.Matches(Source, Regex.Escape(call), RegexOptions.None, TimeSpan.FromSeconds(1))));

    [Fact]
    public void Replica_counts_match_the_documentation()
    {
        var documented = Row().Matches(SourceFiles.Named("docs/deploy.md").Text)
            .ToDictionary(row => row.Groups["name"].Value, row => int.Parse(row.Groups["replicas"].ValueSpan));
        Assert.All(Service.Relying, service =>
        {
            var variable = char.ToLowerInvariant(service.Project[0]) + service.Project[1..];
            var set = Regex.Match(Source, @$"\b{variable}\.WithReplicas\((\d+)\)", RegexOptions.None, TimeSpan.FromSeconds(1));
            Assert.Equal((service.Name, set.Success ? int.Parse(set.Groups[1].ValueSpan) : 1), (service.Name, documented[service.Name]));
        });
    }

    [Fact]
    public void Required_parameters_are_documented()
    {
        var documentation = SourceFiles.Named("docs/deploy.md").Text;
        var asked = Parameter().Matches(Source).Select(match => match.Groups["name"].Value).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains($"`{name}`", documentation, StringComparison.Ordinal));
    }

    [Fact]
    public void Service_images_have_no_root_and_no_shell_and_are_defined_in_one_place()
    {
        var props = SourceFiles.Named("Directory.Build.props").Text;
        Assert.Matches("<ContainerFamily>[a-z]+-chiseled</ContainerFamily>", props);
        Assert.Matches("<ContainerUser>[1-9][0-9]+</ContainerUser>", props);
        Findings.None(
            SourceFiles.All.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)
                && file.Text.Contains("<Container", StringComparison.Ordinal)).Select(file => file.Path));
    }

    [GeneratedRegex("""\.Add(Project)?<Projects\.(?<project>\w+)>\(Service\.(?<service>\w+)(\.Name)?\)""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Project();

    [GeneratedRegex(@"^\| (?<name>[a-z-]+) \| (?<replicas>\d) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""AddParameter\("(?<name>[\w-]+)"(?:\)|, secret: true\))""")]
    private static partial Regex Parameter();

    [GeneratedRegex("""WithEnvironment\("(?<name>KC_\w+)", "(?<value>[^"]*)"\)""")]
    private static partial Regex KeycloakSetting();
}
