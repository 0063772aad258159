using TraceDemo.AgentService.Registry;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.Tests.Agents;

public sealed class RegistryFileTests
{
    private const string Valid = """{"id":"gpt4","name":"GPT-4","description":"A model.","kind":"model","enabled":true}""";

    [Fact]
    public void The_file_that_ships_holds_the_four_agents()
    {
        var agents = RegistryFile.Read(Path.Combine(AppContext.BaseDirectory, "Registry/agents.json"));

        Assert.Equal(["gpt4", "claude", "summarizer", "reviewer"], agents.Select(agent => agent.Id.Value));
        Assert.Equal([AgentKind.Model, AgentKind.Model, AgentKind.Summarizer, AgentKind.Reviewer], agents.Select(agent => agent.Kind));
        Assert.All(agents, agent => Assert.True(agent.Enabled));
    }

    [Fact]
    public void Every_mistake_is_named_at_once()
    {
        var error = Refusal("""
            [
              {"id":"Bad Id","name":"","description":"x","kind":"oracle","enabled":true},
              {"id":"gpt4","name":"GPT-4","description":"x","kind":"model"},
              {"id":"gpt4","name":"GPT-4","description":"x","kind":"model","enabled":true,"capabilities":["admin"],"clearance":"critical"},
              null
            ]
            """);

        Assert.Contains("'Bad Id': 'id' must be", error, StringComparison.Ordinal);
        Assert.Contains("'Bad Id': 'name' must", error, StringComparison.Ordinal);
        Assert.Contains("'Bad Id': 'kind' must be one of model, reviewer, summarizer", error, StringComparison.Ordinal);
        Assert.Contains("'gpt4': 'enabled' must", error, StringComparison.Ordinal);
        Assert.Contains("'gpt4' is there 2 times", error, StringComparison.Ordinal);
        Assert.Contains("'capabilities' does not belong here", error, StringComparison.Ordinal);
        Assert.Contains("'clearance' does not belong here", error, StringComparison.Ordinal);
        Assert.Contains("agent 4: 'id' must be", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""[{"id":7}]""")]
    [InlineData("""[{"enabled":"yes"}]""")]
    public void What_is_no_list_of_agents_is_refused(string json) => Assert.StartsWith("The agent registry is invalid", Refusal(json), StringComparison.Ordinal);

    [Fact]
    public void More_agents_than_the_bound_are_refused()
    {
        var many = Enumerable.Range(0, RegistryFile.MaxAgents + 1).Select(i => Valid.Replace("\"gpt4\"", $"\"agent-{i}\"", StringComparison.Ordinal));

        Assert.Contains($"it holds {RegistryFile.MaxAgents + 1} agents", Refusal($"[{string.Join(',', many)}]"), StringComparison.Ordinal);
    }

    [Fact]
    public void Overlong_texts_are_refused()
    {
        var error = Refusal($$"""[{"id":"a","name":"{{new string('n', 101)}}","description":"{{new string('d', 501)}}","kind":"model","enabled":true}]""");

        Assert.Contains("'name' must have 1 to 100", error, StringComparison.Ordinal);
        Assert.Contains("'description' must have 1 to 500", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_or_huge_file_says_which_file()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $"[{Valid}]" + new string(' ', RegistryFile.MaxBytes));
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => RegistryFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Contains("Registry__File", Assert.Throws<InvalidDataException>(() => RegistryFile.Read(path)).Message, StringComparison.Ordinal);
    }

    private static string Refusal(string json) => Assert.Throws<InvalidDataException>(() => RegistryFile.Parse(json)).Message;
}
