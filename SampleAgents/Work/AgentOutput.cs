using System.Text.Json.Serialization;

namespace TraceDemo.SampleAgents.Work;

/// <summary>What an agent produced from a document. <paramref name="Type"/> is summary, review,
/// answer (of a model), or document (the plain document).</summary>
public sealed record AgentOutput(string Type)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Finding>? Findings { get; init; }
}
