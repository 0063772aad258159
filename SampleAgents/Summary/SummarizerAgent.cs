using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Summary;

internal sealed class SummarizerAgent : IAgent
{
    public AgentKind Kind => AgentKind.Summarizer;

    public bool CanDo(AgentAction action) => action == AgentAction.Summarize;

    public Task<AgentResult> RunAsync(AgentTask task, CancellationToken cancellationToken)
    {
        var sentences = ExtractiveSummary.Create(DocumentText.Bounded(task.Document.Content));
        var output = new AgentOutput("summary")
        {
            Text = string.Join(' ', sentences),
            Note = sentences.Count == 0 ? "The document contains no prose to summarize." : null,
        };
        return Task.FromResult<AgentResult>(new AgentResult.Done(output));
    }
}
