using System.Text.Json;
using TraceDemo.AgentService.Registry;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.Tests.Agents;

public sealed class AgentRegistryTests
{
    private static readonly AgentId Gpt4 = AgentId.Parse("gpt4", null);

    private readonly AgentRegistry _registry = new(
    [
        new RegisteredAgent(Gpt4, "GPT-4", "A model.", AgentKind.Model, true),
        new RegisteredAgent(AgentId.Parse("reviewer", null), "Reviewer", "Reviews.", AgentKind.Reviewer, true),
    ]);

    [Fact]
    public void Disabling_an_agent_changes_only_its_state()
    {
        var changed = _registry.SetEnabled(Gpt4, false);

        Assert.False(changed!.Enabled);
        Assert.Equal([false, true], _registry.Current.Agents.Select(agent => agent.Enabled));
        Assert.Equal(_registry.Find(Gpt4), changed);
    }

    [Fact]
    public void An_unknown_agent_has_no_state()
    {
        Assert.Null(_registry.SetEnabled(AgentId.Parse("oracle", null), true));
        Assert.Null(_registry.Find(AgentId.Parse("oracle", null)));
    }

    [Fact]
    public void The_entity_tag_depends_on_the_content_only()
    {
        var enabled = _registry.Current.ETag;
        _registry.SetEnabled(Gpt4, true);
        Assert.Equal(enabled, _registry.Current.ETag);

        _registry.SetEnabled(Gpt4, false);
        Assert.NotEqual(enabled, _registry.Current.ETag);

        _registry.SetEnabled(Gpt4, true);
        Assert.Equal(enabled, _registry.Current.ETag);
        Assert.Matches("^\"[0-9a-f]{32}\"$", enabled);
    }

    [Fact]
    public void Serialized_agents_omit_their_limits()
    {
        using var json = JsonDocument.Parse(_registry.Current.Utf8Json);

        Assert.Equal(["id", "name", "description", "kind", "enabled"], json.RootElement[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("model", json.RootElement[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Concurrent_changes_to_different_agents_are_all_kept()
    {
        var ids = Enumerable.Range(0, 100).Select(i => AgentId.Parse($"agent-{i}", null)).ToList();
        var registry = new AgentRegistry([.. ids.Select(id => new RegisteredAgent(id, "x", "x", AgentKind.Model, true))]);

        await Task.WhenAll(ids.Select(id => Task.Run(() => registry.SetEnabled(id, false))));

        Assert.All(registry.Current.Agents, agent => Assert.False(agent.Enabled));
    }
}
