using System.Text.Json;

namespace TraceDemo.Tests.Agents;

internal sealed record Answer(int Status, JsonElement Body, string? ETag)
{
    public string? Reason => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("reason", out var reason)
        ? reason.GetString() : null;

    public string? Detail => Body.TryGetProperty("detail", out var detail) ? detail.GetString() : null;

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text),
            response.Headers.ETag?.ToString());
    }
}
