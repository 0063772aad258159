using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TraceDemo.Standalone.Keycloak;

/// <summary>Changes to an existing realm, by Keycloak's admin REST API.</summary>
internal sealed class KeycloakAdmin : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;

    private KeycloakAdmin(HttpClient http) => _http = http;

    /// <summary>Signs in at the administrators' realm.</summary>
    /// <exception cref="HttpRequestException">Keycloak is unreachable, or rejects the credentials.</exception>
    public static async Task<KeycloakAdmin> SignInAsync(
        Uri server, string realm, NetworkCredential administrator, CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = new Uri(server, $"admin/realms/{Uri.EscapeDataString(realm)}/"), Timeout = Timeout };
        try
        {
            using var form = new FormUrlEncodedContent(
            [
                new("grant_type", "password"), new("client_id", "admin-cli"), new("username", administrator.UserName),
                new("password", administrator.Password),
            ]);
            using var response = await http.PostAsync(
                new Uri(server, "realms/master/protocol/openid-connect/token"), form, cancellationToken);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)answer?["access_token"]);
            return new KeycloakAdmin(http);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <returns>False if the realm already has a client of this name, which stays unchanged.</returns>
    public async Task<bool> AddClientAsync(JsonObject client, CancellationToken cancellationToken)
    {
        var known = await GetAsync($"clients?clientId={Uri.EscapeDataString((string)client["clientId"]!)}", cancellationToken);
        return known.Count == 0 && await PostAsync("clients", client, cancellationToken);
    }

    /// <returns>False if the scope already has a mapper of this name, which stays unchanged.</returns>
    /// <exception cref="InvalidDataException">The realm has no such scope.</exception>
    public async Task<bool> AddMapperAsync(string scope, JsonObject mapper, CancellationToken cancellationToken)
    {
        var scopes = await GetAsync("client-scopes", cancellationToken);
        var found = scopes.FirstOrDefault(candidate => (string?)candidate?["name"] == scope)
            ?? throw new InvalidDataException($"The realm has no client scope '{scope}': it is not one of TraceDemo's.");
        var mappers = found["protocolMappers"] as JsonArray ?? [];
        return !mappers.Any(known => (string?)known?["name"] == (string?)mapper["name"])
            && await PostAsync($"client-scopes/{(string)found["id"]!}/protocol-mappers/models", mapper, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonArray> GetAsync(string path, CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<JsonArray>(new Uri(path, UriKind.Relative), cancellationToken) ?? [];

    private async Task<bool> PostAsync(string path, JsonObject content, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        response.EnsureSuccessStatusCode();
        return true;
    }
}
