using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TraceDemo.DocumentService.Access;
using TraceDemo.ServiceDefaults.Http;

namespace TraceDemo.Benchmarks.Bare;

/// <summary>Minimal versions of the three services: each reads the body,
/// calls the next service, and returns its response.</summary>
internal static class BareServices
{
    private static readonly object Alice = new
    {
        userName = "alice",
        name = "Alice Adams",
        departments = new[] { "engineering", "finance" }
    };

    public static Action<WebApplication> UserService(Uri next) => app =>
    {
        var http = Client(next);
        app.MapGet("/users/me", () => Alice);
        app.MapPost("/delegate", (DelegationBody body, CancellationToken cancellationToken) =>
            AskAsync(http, $"/agents/{body.AgentId}/access", new AccessBody(body.DocumentId), cancellationToken));
    };

    public static Action<WebApplication> AgentService(Uri next) => app =>
    {
        var http = Client(next);
        app.MapPost("/agents/{id}/access",
            (string id, AccessBody body, CancellationToken cancellationToken) => AskAsync(http, "/access", body, cancellationToken));
    };

    /// <summary>The response of the real service to alice with gpt4, computed once.</summary>
    public static Action<WebApplication> DocumentService() => app =>
    {
        var decision = ShippedPolicy.Policy.Decide(ShippedPolicy.AliceWithGpt4(ShippedPolicy.Document("DOC-005")));
        var documents = ShippedPolicy.Documents.ToDictionary(document => document.Id.Value);
        app.MapPost("/access", (AccessBody body) => documents.TryGetValue(body.DocumentId, out var document)
            ? Results.Ok(new AccessGranted(
                true, decision.Reason, new DocumentContent(
                    document.Id, document.Title, document.Classification!.Sensitivity, document.Owner, document.Content), decision, null))
            : Results.NotFound());
    };

    private static async Task<IResult> AskAsync(HttpClient http, string path, AccessBody body, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(path, body, cancellationToken);
        response.EnsureSuccessStatusCode();
        return Results.Ok(await response.Content.ReadFromJsonAsync<Answer>(cancellationToken));
    }

    private static HttpClient Client(Uri next)
    {
        var handler = new SocketsHttpHandler();
        ConnectionSettings.Apply(handler);
        return new HttpClient(handler) { BaseAddress = next };
    }

    private sealed record DelegationBody(string AgentId, string DocumentId);

    private sealed record AccessBody(string DocumentId);

    private sealed record Answer(bool Granted, string Reason, JsonElement Document, JsonElement Decision);
}
