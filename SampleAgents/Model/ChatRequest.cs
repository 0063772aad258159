namespace TraceDemo.SampleAgents.Model;

/// <summary>The part of the chat completions format that every compatible endpoint supports.</summary>
internal sealed record ChatRequest(string Model, IReadOnlyList<ChatMessage> Messages);
