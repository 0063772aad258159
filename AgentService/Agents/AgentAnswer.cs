using System.Text.Json.Serialization;
using TraceDemo.AgentService.Agents.Review;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Agents;

/// <summary>How an agent's work ended: an output, or the reason why there is none.</summary>
internal abstract record AgentAnswer
{
    private AgentAnswer()
    {
    }

    public sealed record Done(AgentOutput Output) : AgentAnswer;

    public sealed record Failed(ReasonCode Reason, string Detail) : AgentAnswer;
}

/// <summary>What an agent made of a document. <paramref name="Type"/> is summary, review, answer (a model's), or document (the plain one, nothing made of it).</summary>
internal sealed record AgentOutput(string Type)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Finding>? Findings { get; init; }
}
