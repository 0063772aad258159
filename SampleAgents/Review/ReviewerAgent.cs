using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review;

internal sealed class ReviewerAgent : IAgent
{
    public AgentKind Kind => AgentKind.Reviewer;

    public bool CanDo(AgentAction action) => action == AgentAction.Review;

    public Task<AgentResult> RunAsync(AgentTask task, CancellationToken cancellationToken) =>
        Task.FromResult<AgentResult>(new AgentResult.Done(ReviewAnswer.Of(task)));
}
