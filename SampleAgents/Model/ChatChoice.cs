namespace TraceDemo.SampleAgents.Model;

internal sealed record ChatChoice(ChatMessage? Message);
