using System.Net.Http.Json;

namespace TraceDemo.Tests.Framework.Http;

internal static class HttpClientExtensions
{
    /// <summary>Sends a request and reads the whole answer. The body is content, JSON as text, or what becomes JSON.</summary>
    public static async Task<Answer> AskAsync(
        this HttpClient http, HttpMethod method, Uri url, string? token, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, null, "application/json"),
            _ => JsonContent.Create(body),
        };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
