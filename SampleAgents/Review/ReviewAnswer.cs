using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.SampleAgents.Review;

/// <summary>The review as an agent's output: the findings, and a sentence with their number.</summary>
internal static class ReviewAnswer
{
    public static AgentOutput Of(AgentTask task)
    {
        var findings = DocumentReview.Run(task.Document, task.ReviewType);
        return new AgentOutput("review") { Text = Summarize(task.ReviewType, findings), Findings = findings };
    }

    private static string Summarize(ReviewType type, IReadOnlyList<Finding> findings)
    {
        var kind = type.Word();
        var counts = findings.GroupBy(finding => finding.Severity)
            .OrderByDescending(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key.Word()}");
        return findings.Count == 0 ? $"A {kind} review has no findings." : $"A {kind} review found: {string.Join(", ", counts)}.";
    }
}
