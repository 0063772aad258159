using System.Text.Json.Serialization;

namespace TraceDemo.SampleAgents.Work;

/// <summary>What an agent made of a document. <paramref name="Type"/> is summary, review,
/// answer (a model's), or document (the plain one, nothing made of it).</summary>
public sealed record AgentOutput(string Type)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Finding>? Findings { get; init; }
}
