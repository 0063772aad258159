using System.Text.Json.Nodes;
using TraceDemo.Standalone.Plan;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Tests.Standalone;

public sealed class KeycloakHomeTests : IDisposable
{
    private readonly string _given = Directory.CreateTempSubdirectory("tracedemo-keycloak-").FullName;
    private readonly string _home = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public KeycloakHomeTests()
    {
        foreach (var file in new[] { "bin/kc.sh", "conf/keycloak.conf", "lib/quarkus/built", "lib/lib/main/big.jar", "lib/quarkus-run.jar",
            "themes/a", "data/h2/old" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_given, file))!);
            File.WriteAllText(Path.Combine(_given, file), file);
        }
    }

    public void Dispose()
    {
        Directory.Delete(_given, recursive: true);
        if (Directory.Exists(_home))
        {
            Directory.Delete(_home, recursive: true);
        }
    }

    [Fact]
    public void The_home_contains_the_realm_to_import_and_no_other_data()
    {
        KeycloakHome.Prepare(_given, _home, Repository.Root);

        Assert.Equal("lib/lib/main/big.jar", File.ReadAllText(Path.Combine(_home, "lib", "lib", "main", "big.jar")));
        Assert.Equal(["import"], Directory.GetFileSystemEntries(Path.Combine(_home, "data")).Select(Path.GetFileName));
        Assert.True(JsonNode.DeepEquals(
            DevelopmentRealm.Load(Repository.Root),
            JsonNode.Parse(File.ReadAllText(Path.Combine(_home, "data", "import", "tracedemo-realm.json")))));
    }

    [Fact]
    public void Keycloak_writes_nothing_into_the_given_folder()
    {
        KeycloakHome.Prepare(_given, _home, Repository.Root);
        File.WriteAllText(Path.Combine(_home, "lib", "quarkus", "built"), "again");
        File.WriteAllText(Path.Combine(_home, "conf", "keycloak.conf"), "changed");

        KeycloakHome.Prepare(_given, _home, Repository.Root);

        Assert.Equal("lib/quarkus/built", File.ReadAllText(Path.Combine(_home, "lib", "quarkus", "built")));
        Assert.Equal("conf/keycloak.conf", File.ReadAllText(Path.Combine(_given, "conf", "keycloak.conf")));
        Assert.True(File.Exists(Path.Combine(_given, "lib", "lib", "main", "big.jar")), "a link was removed, not what it leads to");
    }

    [Fact]
    public void A_folder_without_scripts_and_libraries_is_not_a_distribution()
    {
        Assert.True(KeycloakHome.IsDistribution(_given));
        Assert.False(KeycloakHome.IsDistribution(Path.Combine(_given, "lib")));
    }
}
