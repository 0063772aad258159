using TraceDemo.AgentService.Registry;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.Tests.Agents;

public sealed class RegistryFolderTests : IDisposable
{
    private const string Valid = """{"name":"GPT-4","description":"A model.","kind":"model","enabled":true}""";

    private readonly WorkingCopy _copy = new();

    public void Dispose() => _copy.Dispose();

    [Fact]
    public void Four_agents_are_included()
    {
        var agents = RegistryFolder.Read(Path.Combine(AppContext.BaseDirectory, "agents"));

        var shipped = agents.Where(agent => agent.Id.Value is "claude" or "gpt4" or "reviewer" or "summarizer").ToList();
        Assert.Equal([AgentKind.Model, AgentKind.Model, AgentKind.Reviewer, AgentKind.Summarizer], shipped.Select(agent => agent.Kind));
        Assert.All(shipped, agent => Assert.True(agent.Enabled));
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        _copy.SetAgent("Bad Id", """{"name":"","description":"x","kind":"oracle","enabled":true}""");
        _copy.SetAgent("gpt4", """{"name":"GPT-4","description":"x","kind":"model","capabilites":["admin"]}""");
        _copy.SetAgent("none", "null");
        var error = Refusal();

        Assert.Contains("Bad Id.json: a file is named after its agent", error, StringComparison.Ordinal);
        Assert.Contains("Bad Id.json: 'name' must", error, StringComparison.Ordinal);
        Assert.Contains("Bad Id.json: 'kind' must be one of model, reviewer, summarizer", error, StringComparison.Ordinal);
        Assert.Contains("gpt4.json: 'enabled' must", error, StringComparison.Ordinal);
        Assert.Contains("gpt4.json: 'capabilites' is not a member", error, StringComparison.Ordinal);
        Assert.Contains("none.json: 'name' must", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"enabled":"yes"}""")]
    [InlineData("""{"name":"a","name":"b"}""")]
    public void A_file_that_describes_no_agent_is_named(string json)
    {
        _copy.SetAgent("odd", json);
        Assert.Contains("odd.json does not describe an agent", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_registry_never_reads_the_limits_of_an_agent()
    {
        _copy.SetAgent("gpt4", Valid[..^1] + ""","clientId":7,"capabilities":"all","clearance":{"top":"secret"},"allowedGroups":null}""");

        var agent = Assert.Single(RegistryFolder.Read(_copy.Agents));
        Assert.Equal(["Id", "Name", "Description", "Kind", "Enabled"], agent.GetType().GetProperties().Select(property => property.Name));
    }

    [Fact]
    public void More_agents_than_the_bound_are_refused()
    {
        for (var i = 0; i <= RegistryFolder.MaxAgents; i++)
        {
            _copy.SetAgent($"agent-{i}", Valid);
        }

        Assert.Contains($"must contain 1 to {RegistryFolder.MaxAgents} agents", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Overlong_texts_are_refused()
    {
        _copy.SetAgent(
            "a", $$"""{"name":"{{new string('n', 101)}}","description":"{{new string('d', 501)}}","kind":"model","enabled":true}""");
        var error = Refusal();

        Assert.Contains("'name' must have 1 to 100", error, StringComparison.Ordinal);
        Assert.Contains("'description' must have 1 to 500", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_or_missing_folder_and_a_huge_file_are_named()
    {
        Assert.Contains(_copy.Agents, Refusal(), StringComparison.Ordinal);
        _copy.SetAgent("huge", Valid + new string(' ', RegistryFolder.MaxFileBytes));
        Assert.Contains("huge.json is larger", Refusal(), StringComparison.Ordinal);
        Assert.Contains("Registry__Folder", Assert.Throws<InvalidDataException>(() => RegistryFolder.Read("/no/such-folder")).Message,
            StringComparison.Ordinal);
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() => RegistryFolder.Read(_copy.Agents)).Message;
}
