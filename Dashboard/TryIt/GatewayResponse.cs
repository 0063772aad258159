using System.Text.Json;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>Any response of the gateway. The body is undefined if it was not JSON.</summary>
internal sealed record GatewayResponse(int Status, string? TraceId, JsonElement Body);
