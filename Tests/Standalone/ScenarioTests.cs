using TraceDemo.Standalone.Demo;

namespace TraceDemo.Tests.Standalone;

public sealed class ScenarioTests
{
    public static TheoryData<int> Numbers => [0, 1, 2, 3];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_scenario_accepts_exactly_its_own_outcome(int number)
    {
        var scenario = Scenario.All[number];
        var right = new DemoAnswer(scenario.Granted ? 200 : 403, scenario.Granted, scenario.Reason, scenario.Missing,
            "0af7651916cd43dd8448eb211c80319c");

        Assert.True(scenario.IsAsExpected(right));
        Assert.False(scenario.IsAsExpected(right with { Granted = !scenario.Granted }));
        Assert.False(scenario.IsAsExpected(right with { Status = 500 }));
        Assert.False(scenario.IsAsExpected(right with { Reason = "public_document" }));
        Assert.False(scenario.IsAsExpected(right with { Reason = null }));
        Assert.False(scenario.IsAsExpected(right with { Missing = [.. scenario.Missing, "hr"] }));
        Assert.False(scenario.IsAsExpected(right with { TraceId = null }));
    }

    [Fact]
    public void Two_scenarios_are_allowed_and_two_denied_with_their_cause()
    {
        Assert.Equal([true, true, false, false], Scenario.All.Select(scenario => scenario.Granted));
        Assert.Equal(["engineering"], Scenario.All[2].Missing);
        Assert.Equal("delegation_required", Scenario.All[3].Reason);
        Assert.Equal(["alice", "alice", "alice", null], Scenario.All.Select(scenario => scenario.Person));
    }
}
