using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceDemo.SampleAgents.Model;

/// <summary>The part of the chat completions format that every compatible endpoint has.</summary>
internal sealed record ChatRequest(string Model, IReadOnlyList<ChatMessage> Messages);

internal sealed record ChatMessage(string Role, string? Content);

internal sealed record ChatResponse(IReadOnlyList<ChatChoice>? Choices);

internal sealed record ChatChoice(ChatMessage? Message);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatResponse))]
internal sealed partial class ChatJson : JsonSerializerContext;
