using System.Text.Json;

namespace TraceDemo.Tests.EndToEnd;

/// <summary>An answer as a test looks at it.</summary>
public sealed record Answer(int Status, string Text, string TraceId, string Challenge)
{
    public JsonElement Body => JsonDocument.Parse(Text.Length == 0 ? "{}" : Text).RootElement;

    public string? Reason => Body.TryGetProperty("reason", out var reason) ? reason.GetString() : null;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        response.Headers.TryGetValues("Trace-Id", out var ids) ? ids.Single() : "",
        response.Headers.WwwAuthenticate.ToString());

    /// <summary>Fails with the whole answer unless it is a problem with this status and reason.</summary>
    public Answer IsRefused(int status, string reason)
    {
        Assert.True(Status == status && Reason == reason, $"Expected {status} {reason}, got {Status}: {Text}");
        return this;
    }

    public Answer IsGranted(string reason)
    {
        Assert.True(Status == 200 && Reason == reason && Body.GetProperty("granted").GetBoolean(),
            $"Expected a grant for {reason}, got {Status}: {Text}");
        return this;
    }
}
