using System.Text.Json.Nodes;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Tests.Topology;

public sealed class DevelopmentRealmTests
{
    [Fact]
    public void The_file_of_a_fifth_agent_adds_its_client_and_its_audience()
    {
        using var copy = new WorkingCopy(("gpt4", """{ "clientId": "agent-gpt4" }"""), ("fifth", """{ "clientId": "agent-fifth" }"""));
        var realm = DevelopmentRealm.Load(copy.Root);

        Assert.Equal(Client(realm, "agent-gpt4").ToJsonString().Replace("gpt4", "fifth").Replace("GPT4", "FIFTH"),
            Client(realm, "agent-fifth").ToJsonString());
        var invoke = realm["clientScopes"]!.AsArray().Single(scope => (string?)scope!["name"] == "agents:invoke")!;
        Assert.Equal(
            ["agent-service", "agent-fifth", "agent-gpt4"],
            invoke["protocolMappers"]!.AsArray().Select(mapper => (string?)mapper!["config"]!["included.client.audience"]));
    }

    [Fact]
    public void Departments_are_groups_of_the_realm()
    {
        using var copy = new WorkingCopy(("a", """{ "clientId": "agent-a" }"""));
        copy.SetDepartments("""["hr", "legal", "legal"]""");
        Assert.Equal(["hr", "legal"], DevelopmentRealm.Load(copy.Root)["groups"]!.AsArray().Select(group => (string?)group!["name"]));
    }

    [Fact]
    public void People_are_in_groups_that_exist_only()
    {
        var realm = DevelopmentRealm.Load(Repository.Root);
        var groups = realm["groups"]!.AsArray().Select(group => $"/{group!["name"]}").ToHashSet();
        Assert.Superset(
            realm["users"]!.AsArray().SelectMany(user => user!["groups"]!.AsArray().Select(group => (string)group!)).ToHashSet(), groups);
    }

    [Fact]
    public void Existing_realm_entries_stay_unchanged()
    {
        var realm = DevelopmentRealm.Load(Repository.Root);
        Client(realm, "agent-gpt4")["name"] = "changed by hand";
        var before = realm.ToJsonString();
        DevelopmentRealm.Complete(realm, Repository.Root);
        Assert.Equal(before, realm.ToJsonString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[\"\"]")]
    [InlineData("[7]")]
    [InlineData("")]
    public void An_invalid_list_of_departments_is_named(string json)
    {
        using var copy = new WorkingCopy();
        copy.SetDepartments(json);
        Assert.Contains("realms/departments.json", Assert.Throws<InvalidDataException>(() => Departments.Load(copy.Root)).Message,
            StringComparison.Ordinal);
    }

    private static JsonObject Client(JsonObject realm, string id) =>
        realm["clients"]!.AsArray().Single(client => (string?)client!["clientId"] == id)!.AsObject();
}
