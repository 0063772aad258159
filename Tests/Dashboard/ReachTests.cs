using System.Text.Json;
using TraceDemo.Dashboard.TryIt;

namespace TraceDemo.Tests.Dashboard;

public sealed class ReachTests
{
    private const string Matrix = """
        {"rows":[
          {"agent":null,"cells":[{"document":"DOC-1","decision":"allow"},{"document":"DOC-2","decision":"allow"}]},
          {"agent":"a","cells":[{"document":"DOC-1","decision":"deny"},{"document":"DOC-2","decision":"allow"}]},
          {"agent":"b","cells":[{"document":"DOC-1","decision":"deny"},{"document":"DOC-2","decision":"perhaps"},{"document":7,
            "decision":"allow"},3]},
          {"agent":"a","cells":[{"document":"DOC-1","decision":"allow"}]},
          {"agent":"c"}]}
        """;

    [Theory]
    [InlineData(null, "DOC-1,DOC-2")]
    [InlineData("", "DOC-1,DOC-2")]
    [InlineData("a", "DOC-2")]
    [InlineData("b", "")]
    [InlineData("c", "")]
    public void Only_what_the_policy_allows_is_in_reach(string? agent, string documents)
    {
        var reach = Reach.Read(JsonElement.Parse(Matrix));
        Assert.True(reach.Knows(agent));
        Assert.Equal(documents, string.Join(',', reach.Of(agent).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"rows":7}""")]
    [InlineData("""{"rows":[{"agent":"b","cells":[]}]}""")]
    public void An_unlisted_agent_has_unknown_reach(string json)
    {
        var reach = Reach.Read(JsonElement.Parse(json));
        Assert.False(reach.Knows("a"));
        Assert.Empty(reach.Of("a"));
    }

    [Fact]
    public void Documents_in_reach_are_offered_first_and_each_part_keeps_its_order()
    {
        Choice[] documents = [new("DOC-3", "", true), new("DOC-1", "", true), new("DOC-2", "", true)];
        var offer = new Offer([new("a", "", true), new("unheard-of", "", true)], documents, Reach.Read(JsonElement.Parse(Matrix)));

        Assert.Equal(["DOC-2", "DOC-3", "DOC-1"], offer.DocumentsFor("a").Select(document => document.Id));
        Assert.Equal(["DOC-1", "DOC-2", "DOC-3"], offer.DocumentsFor(null).Select(document => document.Id));
        Assert.Equal(("a", "DOC-2"), (Assert.Single(offer.AgentReach).Agent, Assert.Single(offer.AgentReach[0].Documents)));
    }
}
