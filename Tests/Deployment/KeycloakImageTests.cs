using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Deployment;

/// <summary>The production realm on a real Keycloak in production mode, and the published services on it.</summary>
public sealed class KeycloakImageTests(KeycloakImage keycloak) : IClassFixture<KeycloakImage>
{
    private const string Callback = $"{KeycloakImage.DashboardAddress}/signin";

    [Fact]
    public void The_realm_is_imported_in_production_mode_without_a_warning()
    {
        Skip();
        Assert.Contains(keycloak.Output, line => line.Contains("Profile prod activated", StringComparison.Ordinal));
        Assert.Contains(keycloak.Output, line => line.Contains("Realm 'tracedemo' imported", StringComparison.Ordinal));
        // What comes later is about requests; Keycloak has a note on features of its own that are on by default.
        var warnings = keycloak.Output.TakeWhile(line => !line.Contains("Import finished", StringComparison.Ordinal))
            .Where(line => (line.Contains(" WARN ", StringComparison.Ordinal) || line.Contains(" ERROR ", StringComparison.Ordinal))
                && line.Contains("[org.keycloak", StringComparison.Ordinal));
        Assert.All(warnings, line => Assert.Contains("Deprecated features", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_client_of_the_realm_allows_the_password_or_device_grant()
    {
        Skip();
        var clients = (await keycloak.AdministerAsync(HttpMethod.Get, "clients")).EnumerateArray().ToList();
        Assert.Contains("admin-cli", clients.Select(Id));
        Assert.DoesNotContain("tracedemo-cli", clients.Select(Id));
        foreach (var client in clients)
        {
            var form = Credentials(client);
            var (status, body) = await keycloak.TokenAsync("tracedemo",
                new Dictionary<string, string>(
                    form)
                { ["grant_type"] = "password", ["username"] = KeycloakImage.Person, ["password"] = KeycloakImage.Password });
            Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized && !body.TryGetProperty("access_token", out _),
                $"{Id(client)}: {status} {body}");
            Assert.NotEqual("invalid_grant", body.GetProperty("error").GetString());
            using var device = await keycloak.Http.PostAsync($"{keycloak.Backchannel}/protocol/openid-connect/auth/device",
                new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
            Assert.False(device.IsSuccessStatusCode, Id(client));
        }
    }

    [Fact]
    public async Task The_client_created_by_Keycloak_refuses_the_password_grant()
    {
        Skip();
        var (status, body) = await keycloak.TokenAsync("tracedemo",
            new Dictionary<string, string>
            {
                ["grant_type"] = "password",
                ["client_id"] = "admin-cli",
                ["username"] = KeycloakImage.Person,
                ["password"] = KeycloakImage.Password
            });
        Assert.Equal((HttpStatusCode.BadRequest, "unauthorized_client"), (status, body.GetProperty("error").GetString()));
    }

    [Theory]
    [InlineData(Callback, true)]
    [InlineData($"{KeycloakImage.DashboardAddress}/other", false)]
    [InlineData($"{Callback}/more", false)]
    [InlineData("http://app.example.org/signin", false)]
    [InlineData("http://localhost:5000/signin", false)]
    [InlineData("http://127.0.0.1/signin", false)]
    public async Task A_code_is_sent_to_the_dashboards_own_address_and_to_no_other(string redirect, bool accepted)
    {
        Skip();
        using var visitor = Visitor();
        var (status, _, text) = await visitor.GoAsync(new Uri(AuthorizationUrl(redirect)));
        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.BadRequest, status);
        Assert.Equal(accepted, text.Contains("kc-form-login", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dev-only-gateway")]
    [InlineData("${GATEWAY_SECRET}")]
    [InlineData("")]
    public async Task Only_the_secret_from_the_environment_authenticates_a_client(string wrong)
    {
        Skip();
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "gateway",
            ["client_secret"] = keycloak.Plan.Secrets.Client("gateway"),
        };
        var (status, body) = await keycloak.TokenAsync("tracedemo", form);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(body.TryGetProperty("refresh_token", out _));
        form["client_secret"] = wrong;
        Assert.Equal(HttpStatusCode.Unauthorized, (await keycloak.TokenAsync("tracedemo", form)).Status);
    }

    [Fact]
    public async Task A_persons_token_is_exchanged_hop_by_hop_and_a_hop_cannot_be_skipped()
    {
        Skip();
        var person = await SignInAsync();
        var atUser = await ExchangeAsync("gateway", person, null, "user-service");
        var atAgent = await ExchangeAsync("user-service", atUser, "agents:invoke", "agent-service", "agent-gpt4");
        var atDocuments = await ExchangeAsync("agent-gpt4", atAgent, "documents:read", "document-service");
        var claims = Claims(atDocuments);
        Assert.Equal(
            (keycloak.Issuer, "document-service", "agent-gpt4", KeycloakImage.Person),
            (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString(), claims.GetProperty("azp").GetString(),
                claims.GetProperty("preferred_username").GetString()));

        var (status, body) = await keycloak.TokenAsync("tracedemo", Exchange("agent-gpt4", person, "documents:read"), "document-service");
        Assert.Equal((HttpStatusCode.Forbidden, "access_denied"), (status, body.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task The_published_system_lets_a_person_sign_in_through_a_proxy_and_read_through_an_agent()
    {
        Skip();
        await using var system = await PublishedSystem.StartAsync(keycloak.Plan, [.. Service.Relying]);
        using var visitor = Visitor(("app.example.org", system.Address(Service.Dashboard)));

        var (_, login, form) = await visitor.GoAsync(new Uri($"{KeycloakImage.DashboardAddress}/traces"));
        Assert.Equal("id.example.org", login.Host);
        var (status, address, page) = await visitor.GoAsync(new Uri(Browser.FormAction(form)), ("username", KeycloakImage.Person),
            ("password", KeycloakImage.Password), ("credentialId", ""));
        Assert.Equal((HttpStatusCode.OK, $"{KeycloakImage.DashboardAddress}/traces"), (status, address.GetLeftPart(UriPartial.Path)));
        Assert.Contains("Zoe Example", page, StringComparison.Ordinal);

        var gateway = system.Address(Service.Gateway);
        var token = await SignInAsync();
        (await AskAsync(new Uri(gateway, "/api/access-direct"), token, new { documentId = "DOC-001" })).IsGranted("department_match");
        (await AskAsync(new Uri(gateway, "/api/access-delegated"), token,
            new { agentId = "gpt4", documentId = "DOC-005", action = "read" })).IsGranted("delegation_match");
        (await AskAsync(new Uri(gateway, "/api/access-delegated"), token,
            new { agentId = "summarizer", documentId = "DOC-001", action = "read" })).IsRefused(403, "intersection_insufficient");
        Assert.Empty(system.Changes());
    }

    private static void Skip() => Assert.SkipWhen(KeycloakImage.Distribution is null, KeycloakImage.Missing);

    private PublicVisitor Visitor(params (string Host, Uri Inside)[] more) =>
        new(more.Append(("id.example.org", keycloak.Inside)).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    private string AuthorizationUrl(string redirect) =>
        $"{keycloak.Issuer}/protocol/openid-connect/auth?client_id=dashboard&response_type=code&scope=openid&state=s"
            + $"&redirect_uri={Uri.EscapeDataString(redirect)}"
            + $"&code_challenge={Browser.Challenge}&code_challenge_method=S256";

    /// <summary>A person's token for the gateway, by the code flow: there is no other way.</summary>
    private async Task<string> SignInAsync()
    {
        using var visitor = Visitor();
        var (_, _, page) = await visitor.GoAsync(new Uri(AuthorizationUrl(Callback)));
        var (_, address, _) = await visitor.GoAsync(new Uri(Browser.FormAction(page)), ("username", KeycloakImage.Person),
            ("password", KeycloakImage.Password), ("credentialId", ""));
        var (status, body) = await keycloak.TokenAsync("tracedemo", new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "dashboard",
            ["client_secret"] = keycloak.Plan.Secrets.Client("dashboard"),
            ["code"] = Browser.Query(address.Query)["code"],
            ["redirect_uri"] = Callback,
            ["code_verifier"] = Browser.Verifier,
        });
        Assert.True(status is HttpStatusCode.OK, $"{status} {body}");
        return body.GetProperty("access_token").GetString()!;
    }

    private async Task<string> ExchangeAsync(string client, string subject, string? scope, params string[] audiences)
    {
        var (status, body) = await keycloak.TokenAsync("tracedemo", Exchange(client, subject, scope), audiences);
        Assert.True(status is HttpStatusCode.OK, $"{client}: {status} {body}");
        return body.GetProperty("access_token").GetString()!;
    }

    private Dictionary<string, string> Exchange(string client, string subject, string? scope)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
            ["client_id"] = client,
            ["client_secret"] = keycloak.Plan.Secrets.Client(client),
            ["subject_token"] = subject,
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
        };
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        return form;
    }

    private async Task<Answer> AskAsync(Uri url, string token, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", token);
        using var response = await keycloak.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    private static Dictionary<string, string> Credentials(JsonElement client)
    {
        Dictionary<string, string> form = new() { ["client_id"] = Id(client) };
        if (client.TryGetProperty("secret", out var secret))
        {
            form["client_secret"] = secret.GetString()!;
        }

        return form;
    }

    private static string Id(JsonElement client) => client.GetProperty("clientId").GetString()!;

    private static JsonElement Claims(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
}
