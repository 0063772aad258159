using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TraceDemo.Standalone.Instance;

namespace TraceDemo.Standalone.Demo;

/// <summary>An external client, with the two grants of the command line: a
/// person's direct grant and an agent's own credentials.</summary>
internal sealed class DemoClient(HttpClient http, InstanceState system)
{
    private const int MaxAttempts = 5;

    public Task<string> SignInAsync(string person, CancellationToken cancellationToken) => RequestTokenAsync(
        new()
        {
            ["grant_type"] = "password",
            ["client_id"] = "tracedemo-cli",
            ["username"] = person,
            // In the development realm every password equals the user name.
            ["password"] = person,
            ["scope"] = "openid",
        },
        cancellationToken);

    public Task<string> SignInAgentAsync(CancellationToken cancellationToken) => RequestTokenAsync(
        new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "agent-gpt4",
            ["client_secret"] = system.AgentSecret,
            ["scope"] = "documents:read",
        },
        cancellationToken);

    /// <summary>A service that has just started may respond with 503 with Retry-After (RFC 9110 §10.2.3); a few retries follow.</summary>
    public async Task<DemoResponse> PostAsync(string url, string token, object body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode is not HttpStatusCode.ServiceUnavailable || attempt == MaxAttempts)
            {
                return await ReadAsync(url, response, cancellationToken);
            }

            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private static async Task<DemoResponse> ReadAsync(string url, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/problem+json"))
        {
            throw new HttpRequestException($"{url} answered {(int)response.StatusCode} without a result.");
        }

        var result = await response.Content.ReadFromJsonAsync<AccessResult>(cancellationToken);
        return new DemoResponse(
            (int)response.StatusCode, result?.Granted ?? false, result?.Reason, result?.Decision?.Missing ?? [], result?.TraceId);
    }

    private async Task<string> RequestTokenAsync(Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync($"{system.Authority}/protocol/openid-connect/token", content, cancellationToken);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return response.IsSuccessStatusCode
            ? body.GetProperty("access_token").GetString() ?? ""
            : throw new HttpRequestException(
                $"The identity provider refused {form["client_id"]}: {body.GetProperty("error").GetString()}.");
    }

    private sealed record AccessResult(bool? Granted, string? Reason, string? TraceId, AccessDecision? Decision);

    private sealed record AccessDecision(IReadOnlyList<string>? Missing);
}
