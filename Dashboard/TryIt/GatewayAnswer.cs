using System.Text.Json;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>Any response of the gateway. The body is undefined if it was not JSON.</summary>
internal sealed record GatewayAnswer(int Status, string? TraceId, JsonElement Body);
