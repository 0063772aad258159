using System.Net.Http.Headers;
using System.Text.Json;

namespace TraceDemo.Tests.Framework.Http;

/// <summary>An answer as a test looks at it, read to its end.</summary>
public sealed record Answer(int Status, string Text, HttpResponseHeaders Headers)
{
    /// <summary>An empty object where nothing came.</summary>
    public JsonElement Body => JsonElement.Parse(Text.Length == 0 ? "{}" : Text);

    public string? Reason => Member("reason");

    public string? Detail => Member("detail");

    public JsonElement Decision => Body.GetProperty("decision");

    public string TraceId => Headers.TryGetValues("Trace-Id", out var ids) ? ids.Single() : "";

    public string Challenge => Headers.WwwAuthenticate.ToString();

    public string? ETag => Headers.ETag?.ToString();

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers);

    /// <summary>The members of an array of text.</summary>
    public static IEnumerable<string?> Words(JsonElement array) => array.EnumerateArray().Select(word => word.GetString());

    public IEnumerable<string> Members() => Body.EnumerateObject().Select(member => member.Name);

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

    private string? Member(string name) =>
        Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) ? value.GetString() : null;
}
