using TraceDemo.Contracts;
using TraceDemo.Contracts.Registry;

namespace TraceDemo.Tests.Registry;

public sealed class RegistryViewTests
{
    private static readonly AgentId Gpt4 = AgentId.Parse("gpt4", null);
    private readonly ManualTime _time = new();

    [Fact]
    public void Before_the_first_response_the_registry_is_unavailable() =>
        Assert.IsType<AgentState.Unavailable>(new RegistryView(_time).Find(Gpt4));

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void A_response_older_than_five_seconds_is_ignored(int seconds, bool unavailable)
    {
        var view = Seen();
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(unavailable, view.Find(Gpt4) is AgentState.Unavailable);
    }

    [Fact]
    public void Not_modified_renews_the_last_response()
    {
        var view = Seen();
        _time.Advance(TimeSpan.FromSeconds(4));
        view.Refresh(null);
        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.IsType<AgentState.Known>(view.Find(Gpt4));
    }

    [Fact]
    public void Not_modified_without_an_earlier_response_is_ignored()
    {
        var view = new RegistryView(_time);
        view.Refresh(null);

        Assert.IsType<AgentState.Unavailable>(view.Find(Gpt4));
    }

    [Fact]
    public void A_removed_agent_is_unknown_immediately()
    {
        var view = Seen();
        view.Refresh([]);

        Assert.IsType<AgentState.Unknown>(view.Find(Gpt4));
    }

    private RegistryView Seen()
    {
        var view = new RegistryView(_time);
        view.Refresh([new RegistryEntry(Gpt4, "GPT-4", Enabled: true)]);
        return view;
    }
}
