using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Deployment;

public sealed class DockerfileTests
{
    [Fact]
    public void Every_stage_uses_the_same_release_with_its_full_version() =>
        Assert.All(Of("FROM"), from => Assert.Matches(@$"^quay\.io/keycloak/keycloak:{Dockerfile.Version}( AS build)?$", from));

    [Fact]
    public void The_release_is_the_one_that_was_recorded_and_tested()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", Dockerfile.Version);
        Assert.True(File.Exists(Path.Combine(Repository.Root, "Tests", "Framework", "Parity", $"keycloak-{Dockerfile.Version}.jsonl")),
            Dockerfile.Version);
    }

    [Fact]
    public void The_image_runs_as_a_numeric_non_root_user() =>
        Assert.Equal("1000", Dockerfile.Last.Last(instruction => instruction.Word == "USER").Text);

    [Fact]
    public void The_build_downloads_nothing_and_runs_only_Keycloaks_build()
    {
        Assert.Empty(Of("ADD"));
        Assert.Equal("""["/opt/keycloak/bin/kc.sh", "build"]""", Assert.Single(Of("RUN")));
    }

    [Fact]
    public void Copied_files_exist_or_are_built_and_are_read_only_for_the_user()
    {
        var copied = Dockerfile.Last.Where(instruction => instruction.Word == "COPY")
            .Select(instruction => instruction.Text.Split(' ')).ToList();
        Assert.All(copied, words => Assert.Contains("--chown=0:0", words));
        var sources = copied.Where(words => !words.Any(word => word.StartsWith("--from", StringComparison.Ordinal)))
            .Select(words => words[^2]).ToList();
        Assert.Equal(["entrypoint.sh", "artifacts/tracedemo-realm.json"], sources);
        Assert.True(File.Exists(Path.Combine(Dockerfile.Folder, "entrypoint.sh")));
    }

    [Fact]
    public void The_image_starts_with_the_checks_in_production_mode_and_imports_the_realm()
    {
        var entrypoint = Assert.Single(Dockerfile.Words("ENTRYPOINT"));
        Assert.Contains(Dockerfile.Last,
            instruction => instruction.Word == "COPY"
                && instruction.Text.EndsWith($" entrypoint.sh {entrypoint}", StringComparison.Ordinal));
        Assert.Equal(["start", "--import-realm"], Dockerfile.Words("CMD"));
    }

    [Fact]
    public void The_image_contains_no_secret_and_no_address() =>
        Assert.All(Dockerfile.BuildOptions.Keys,
            name =>
                Assert.DoesNotMatch("SECRET|PASSWORD|URL|HOSTNAME|USERNAME|KEY", name.Replace("KEYCLOAK", "", StringComparison.Ordinal)));

    [Fact]
    public void The_image_is_built_for_a_real_database_with_probes_and_traces()
    {
        var (name, value) = ("KC_DB", "postgres");
        Assert.Equal(value, Dockerfile.BuildOptions[name]);
        Assert.All(["KC_HEALTH_ENABLED", "KC_METRICS_ENABLED", "KC_TRACING_ENABLED"],
            option => Assert.Equal("true", Dockerfile.BuildOptions[option]));
    }

    [Fact]
    public void The_image_uses_the_same_ports_as_Keycloak_elsewhere() =>
        Assert.Equal([$"{Ports.Default.Identity} {Ports.Default.IdentityManagement}"], Of("EXPOSE"));

    private static IReadOnlyList<string> Of(string word) =>
        [.. Dockerfile.Instructions.Where(instruction => instruction.Word == word).Select(instruction => instruction.Text)];
}
