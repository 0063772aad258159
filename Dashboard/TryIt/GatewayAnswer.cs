using System.Text.Json;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>What the gateway answered, whatever it was. The body is undefined when there was no JSON.</summary>
internal sealed record GatewayAnswer(int Status, string? TraceId, JsonElement Body);
