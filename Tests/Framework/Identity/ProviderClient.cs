using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TraceDemo.Tests.Framework.Identity;

/// <summary>Calls a provider of the realm, DevIdentity or Keycloak; secrets are the realm file's own.</summary>
internal sealed class ProviderClient(string authority) : IDisposable
{
    public const string ExchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange";
    public const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public string Protocol { get; } = $"{authority}/protocol/openid-connect";

    /// <summary>Posts to a protocol endpoint, by client_secret_basic where a client is named.</summary>
    public async Task<ProviderAnswer> PostAsync(
        string path, string? client, IEnumerable<(string Name, string Value)> form, string? secret = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Absolute(path));
        request.Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        if (client is not null)
        {
            request.Headers.Authorization = Basic(client, secret ?? $"dev-only-{client}");
        }
        return await SendAsync(request);
    }

    public async Task<ProviderAnswer> GetAsync(string path, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Absolute(path));
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }
        return await SendAsync(request);
    }

    /// <summary>A person signs in by the direct grant.</summary>
    public Task<ProviderAnswer> SignInAsync(string person, string scope = "openid") => PostAsync(
        "/token", client: null,
        [("grant_type", "password"), ("client_id", "tracedemo-cli"), ("username", person), ("password", person), ("scope", scope)]);

    /// <summary>T0 of a person, for the gateway.</summary>
    public async Task<string> PersonTokenAsync(string person) => (await SignInAsync(person)).AccessToken;

    /// <summary>A client's own token.</summary>
    public async Task<string> ServiceTokenAsync(string client, string? scope = null) => (await PostAsync(
        "/token", client, scope is null
            ? [("grant_type", "client_credentials")]
            : [("grant_type", "client_credentials"), ("scope", scope)])).AccessToken;

    public Task<ProviderAnswer> ExchangeAsync(string client, string token, string? scope, params string[] audience) =>
        PostAsync("/token", client,
    [
        ("grant_type", ExchangeGrant), ("subject_token", token), ("subject_token_type", AccessTokenType),
        .. audience.Select(value => ("audience", value)),
        .. scope is null ? Array.Empty<(string, string)>() : [("scope", scope)],
    ]);

    public Task<ProviderAnswer> RefreshAsync(string refreshToken, string clientId = "tracedemo-cli") =>
        PostAsync("/token", client: null, [("grant_type", "refresh_token"), ("client_id", clientId), ("refresh_token", refreshToken)]);

    /// <summary>T1, T2 and T3 of a person who lets an agent read.</summary>
    public async Task<(string T1, string T2, string T3)> DelegateAsync(string t0, string agent)
    {
        var t1 = (await ExchangeAsync("gateway", t0, null, "user-service")).AccessToken;
        var t2 = (await ExchangeAsync("user-service", t1, "agents:invoke", "agent-service", agent)).AccessToken;
        var t3 = (await ExchangeAsync(agent, t2, "documents:read", "document-service")).AccessToken;
        return (t1, t2, t3);
    }

    public static JsonObject Claims(string token) => Part(token, 1);

    public static JsonObject Header(string token) => Part(token, 0);

    public async Task<ProviderAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0;
        return new ProviderAnswer((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, text, response.Headers);
    }

    public void Dispose() => _http.Dispose();

    public Uri Absolute(string path) => new(path.StartsWith("http", StringComparison.Ordinal) ? path : Protocol + path);

    public static AuthenticationHeaderValue Basic(string client, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client)}:{Uri.EscapeDataString(secret)}")));

    private static JsonObject Part(string token, int index) =>
        JsonSerializer.Deserialize<JsonObject>(Base64Url.DecodeFromChars(token.Split('.')[index]))!;
}
