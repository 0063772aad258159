using TraceDemo.AgentService.Registry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Agents.Review;

internal sealed class ReviewerAgent : IAgent
{
    public AgentKind Kind => AgentKind.Reviewer;

    public bool CanDo(AgentAction action) => action == AgentAction.Review;

    public Task<AgentAnswer> RunAsync(AgentTask task, CancellationToken cancellationToken)
    {
        var findings = DocumentReview.Of(task.Document.Content, task.ReviewType);
        var output = new AgentOutput("review") { Text = Summarize(task.ReviewType, findings), Findings = findings };
        return Task.FromResult<AgentAnswer>(new AgentAnswer.Done(output));
    }

    private static string Summarize(ReviewType type, IReadOnlyList<Finding> findings)
    {
        var kind = type.Word();
        var counts = findings.GroupBy(finding => finding.Severity)
            .OrderByDescending(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}");
        return findings.Count == 0 ? $"A {kind} review found nothing." : $"A {kind} review found: {string.Join(", ", counts)}.";
    }
}
