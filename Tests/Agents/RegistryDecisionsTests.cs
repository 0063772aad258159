using System.Text;
using TraceDemo.AgentService.Registry;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.Tests.Agents;

public sealed class RegistryDecisionsTests
{
    private static readonly AgentId Gpt4 = AgentId.Parse("gpt4", null);
    private static readonly RegisteredAgent Agent = new(Gpt4, "GPT-4", "A model.", AgentKind.Model, true);

    [Fact]
    public void The_later_decision_counts_in_whatever_order_they_come()
    {
        var first = RegistryDecisions.None.With(Gpt4, false);
        var second = first.With(Gpt4, true);

        Assert.True(second.MergedWith(first).Apply(Agent).Enabled);
        Assert.True(first.MergedWith(second).Apply(Agent).Enabled);
        Assert.Same(second, second.MergedWith(first));
    }

    [Fact]
    public void Of_two_made_at_once_the_one_that_disables_prevails_everywhere()
    {
        var before = RegistryDecisions.None.With(Gpt4, false).With(Gpt4, true);
        var (one, other) = (before.With(Gpt4, false), before.With(Gpt4, true));

        Assert.False(one.MergedWith(other).Apply(Agent).Enabled);
        Assert.False(other.MergedWith(one).Apply(Agent).Enabled);
        Assert.Equal(one.MergedWith(other).ToUtf8Json(), other.MergedWith(one).ToUtf8Json());
    }

    [Fact]
    public void What_nobody_decided_stays_as_the_file_says() =>
        Assert.Equal(Agent, RegistryDecisions.None.With(AgentId.Parse("claude", null), false).Apply(Agent));

    [Fact]
    public void An_agent_that_the_file_does_not_hold_does_not_come_into_being_and_its_state_is_kept_for_those_who_know_it()
    {
        var oracle = AgentId.Parse("oracle", null);
        var registry = new AgentRegistry([Agent]);
        var tag = registry.Current.ETag;

        registry.Merge(RegistryDecisions.None.With(oracle, false));

        Assert.Equal([Agent], registry.Current.Agents);
        Assert.Equal(tag, registry.Current.ETag);
        Assert.Contains("oracle", Encoding.UTF8.GetString(registry.Current.Decisions.ToUtf8Json()), StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_read_as_they_were_written()
    {
        var decisions = RegistryDecisions.None.With(Gpt4, false).With(AgentId.Parse("claude", null), false);
        Assert.Equal(decisions.ToUtf8Json(), RegistryDecisions.Read(decisions.ToUtf8Json()).ToUtf8Json());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"gpt4":null}""")]
    [InlineData("""{"gpt4":{"enabled":false}}""")]
    [InlineData("""{"gpt4":{"enabled":false,"version":-1}}""")]
    [InlineData("""{"gpt4":{"enabled":false,"version":9223372036854775807}}""")]
    [InlineData("""{"gpt4":{"enabled":false,"version":9223372036854775808}}""")]
    public void What_is_no_list_of_decisions_decides_nothing(string json) =>
        Assert.True(RegistryDecisions.Read(Encoding.UTF8.GetBytes(json)).IsEmpty);

    [Fact]
    public void More_agents_than_any_registry_holds_are_not_read()
    {
        var many = string.Join(',', Enumerable.Range(0, RegistryDecisions.MaxAgents + 1).Select(id => $$"""
            "a{{id}}":{"enabled":false,"version":1}
            """));
        Assert.True(RegistryDecisions.Read(Encoding.UTF8.GetBytes($"{{{many}}}")).IsEmpty);
    }
}
