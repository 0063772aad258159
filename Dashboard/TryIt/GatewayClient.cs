using System.Net.Http.Headers;
using System.Text.Json;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Dashboard.TryIt;

/// <summary>The gateway's public API, called for the signed-in person.</summary>
internal sealed class GatewayClient(HttpClient http)
{
    public Task<GatewayResponse> AccessAsync(AccessForm form, AccessToken token, CancellationToken cancellationToken)
    {
        Dictionary<string, string?> body = new(StringComparer.Ordinal) { ["documentId"] = form.Document };
        if (form.IsDelegated)
        {
            body["agentId"] = form.Agent;
            if (!string.IsNullOrEmpty(form.Action))
            {
                body["action"] = form.Action;
            }
            if (form.Action == "review" && !string.IsNullOrEmpty(form.ReviewType))
            {
                body["reviewType"] = form.ReviewType;
            }
        }

        return SendAsync(HttpMethod.Post, form.IsDelegated ? "/api/access-delegated" : "/api/access-direct", JsonContent.Create(body),
            token, cancellationToken);
    }

    public Task<IReadOnlyList<Choice>> AgentsAsync(AccessToken token, CancellationToken cancellationToken) =>
        ListAsync("/api/agents", "name", token, cancellationToken);

    public Task<IReadOnlyList<Choice>> DocumentsAsync(AccessToken token, CancellationToken cancellationToken) =>
        ListAsync("/api/documents", "title", token, cancellationToken);

    /// <summary>Makes the gateway refuse every token of this token's session from now on.
    /// Null on success, otherwise the status of the response.</summary>
    public async Task<int?> EndSessionAsync(AccessToken token, CancellationToken cancellationToken)
    {
        var response = await SendAsync(HttpMethod.Post, SessionEnd.Path, null, token, cancellationToken);
        return response.Status == StatusCodes.Status204NoContent || IsRefusedAnyway(response) ? null : response.Status;
    }

    /// <summary>Optional help for choosing: if the policy is unavailable, the page omits it.</summary>
    public async Task<Reach> ReachAsync(AccessToken token, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Get, "/api/policy/matrix", null, token, cancellationToken)
            is { Status: StatusCodes.Status200OK } response ? Reach.Read(response.Body) : Reach.Unknown;

    /// <summary>The gateway knows it already, or the token, and so every earlier one, has expired. Any other
    /// 401 is an error, after which other tokens of the session may still be valid.</summary>
    private static bool IsRefusedAnyway(GatewayResponse response) =>
        response is { Status: StatusCodes.Status401Unauthorized, Body.ValueKind: JsonValueKind.Object }
        && response.Body.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String
        && reason.GetString() is { } word && (word == ReasonCode.TokenRevoked.Value || word == ReasonCode.TokenExpired.Value);

    private async Task<IReadOnlyList<Choice>> ListAsync(string path, string label, AccessToken token, CancellationToken cancellationToken)
    {
        var response = await SendAsync(HttpMethod.Get, path, null, token, cancellationToken);
        return response.Status == StatusCodes.Status200OK ? Choice.Read(response.Body, label) : throw new GatewayRefusedException(response);
    }

    private async Task<GatewayResponse> SendAsync(
        HttpMethod method, string path, HttpContent? content, AccessToken token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var traceId = response.Headers.TryGetValues("Trace-Id", out var values) ? values.FirstOrDefault() : null;
            return new GatewayResponse((int)response.StatusCode, traceId, await ReadAsync(response, cancellationToken));
        }
        catch (ProblemException problem)
        {
            return new GatewayResponse(problem.Reason.Status, null,
                JsonSerializer.SerializeToElement(
                    new { reason = problem.Reason.Value, detail = problem.Message }, JsonSerializerOptions.Web));
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(
                await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
