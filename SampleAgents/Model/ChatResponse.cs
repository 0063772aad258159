namespace TraceDemo.SampleAgents.Model;

internal sealed record ChatResponse(IReadOnlyList<ChatChoice>? Choices);
