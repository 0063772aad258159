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
    public void The_later_decision_wins_in_any_order_of_arrival()
    {
        var first = RegistryDecisions.None.With(Gpt4, false);
        var second = first.With(Gpt4, true);

        Assert.True(second.MergedWith(first).Apply(Agent).Enabled);
        Assert.True(first.MergedWith(second).Apply(Agent).Enabled);
        Assert.Same(second, second.MergedWith(first));
    }

    [Fact]
    public void Of_two_concurrent_decisions_the_one_that_disables_wins_at_every_replica()
    {
        var before = RegistryDecisions.None.With(Gpt4, false).With(Gpt4, true);
        var (one, other) = (before.With(Gpt4, false), before.With(Gpt4, true));

        Assert.False(one.MergedWith(other).Apply(Agent).Enabled);
        Assert.False(other.MergedWith(one).Apply(Agent).Enabled);
        Assert.Equal(one.MergedWith(other).ToUtf8Json(), other.MergedWith(one).ToUtf8Json());
    }

    [Fact]
    public void Without_a_decision_the_state_of_the_file_applies() =>
        Assert.Equal(Agent, RegistryDecisions.None.With(AgentId.Parse("claude", null), false).Apply(Agent));

    [Fact]
    public void A_decision_about_an_agent_missing_from_the_file_adds_no_agent_and_is_kept_for_other_replicas()
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
    public void Decisions_round_trip_through_JSON()
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
    public void An_invalid_list_of_decisions_changes_nothing(string json) =>
        Assert.True(RegistryDecisions.Read(Encoding.UTF8.GetBytes(json)).IsEmpty);

    [Fact]
    public void A_list_with_more_agents_than_a_registry_holds_is_refused()
    {
        var many = string.Join(',', Enumerable.Range(0, RegistryDecisions.MaxAgents + 1).Select(id => $$"""
            "a{{id}}":{"enabled":false,"version":1}
            """));
        Assert.True(RegistryDecisions.Read(Encoding.UTF8.GetBytes($"{{{many}}}")).IsEmpty);
    }
}
