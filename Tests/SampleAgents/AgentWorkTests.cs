using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.Tests.SampleAgents;

public sealed class AgentWorkTests
{
    private readonly AgentWork _work;

    public AgentWorkTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddSampleAgents();
        _work = builder.Build().Services.GetRequiredService<AgentWork>();
    }

    [Theory]
    [InlineData(nameof(AgentKind.Model), "Read, Summarize, Review")]
    [InlineData(nameof(AgentKind.Summarizer), "Read, Summarize")]
    [InlineData(nameof(AgentKind.Reviewer), "Read, Review")]
    public void Each_kind_supports_its_actions(string kind, string actions) =>
        Assert.Equal(actions, string.Join(", ", _work.ActionsOf(Enum.Parse<AgentKind>(kind))));

    [Theory]
    [InlineData(nameof(AgentKind.Model))]
    [InlineData(nameof(AgentKind.Summarizer))]
    [InlineData(nameof(AgentKind.Reviewer))]
    public async Task Reading_produces_no_output(string kind) => Assert.Null(await RunAsync(kind, AgentAction.Read));

    [Fact]
    public async Task The_summarizer_summarizes()
    {
        var done = Assert.IsType<AgentResult.Done>(await RunAsync(nameof(AgentKind.Summarizer), AgentAction.Summarize));
        Assert.Equal(("summary", "The budget has grown by four percent."), (done.Output.Type, done.Output.Text));
    }

    [Fact]
    public async Task The_reviewer_performs_the_requested_review()
    {
        var done = Assert.IsType<AgentResult.Done>(await RunAsync(nameof(AgentKind.Reviewer), AgentAction.Review));
        Assert.Equal(("review", "A compliance review found: 3 medium."), (done.Output.Type, done.Output.Text));
        Assert.Equal(["missing.owner", "missing.date", "missing.approval"], done.Output.Findings!.Select(finding => finding.Rule));
    }

    private Task<AgentResult?> RunAsync(string kind, AgentAction action) =>
        _work.RunAsync(
            Enum.Parse<AgentKind>(kind),
            new AgentTask(AgentId.Parse("x", null), action, ReviewType.Compliance,
                TestDocument.Of("# Budget\n\nThe budget has grown by four percent.")),
            TestContext.Current.CancellationToken);
}
