using System.Text.Json;
using System.Text.Json.Serialization;

namespace TraceDemo.SampleAgents.Model;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatResponse))]
internal sealed partial class ChatJson : JsonSerializerContext;
