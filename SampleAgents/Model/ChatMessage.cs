namespace TraceDemo.SampleAgents.Model;

internal sealed record ChatMessage(string Role, string? Content);
