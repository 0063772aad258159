using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Topology;
using TraceDemo.Tests.Telemetry;

namespace TraceDemo.Tests.EndToEnd;

/// <summary>
/// The whole system as real processes on free ports, started once for all tests of the collection and stopped after the last. With
/// KEYCLOAK_HOME set and TRACEDEMO_PROVIDER=keycloak its identity provider is a real Keycloak.
/// </summary>
public sealed class RunningSystem : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly CollectedOutput _output = new();
    private OtlpCollector? _telemetry;
    private SystemInstance? _system;

    /// <summary>Follows no redirect and keeps no cookie, so a test sees each answer as it is.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public Uri Dashboard => Address(Service.Dashboard);

    public Uri Gateway => Address(Service.Gateway);

    public Uri UserService => Address(Service.UserService);

    public Uri AgentService => Address(Service.AgentService);

    public Uri DocumentService => Address(Service.DocumentService);

    public Uri Otlp => new($"http://127.0.0.1:{System.Plan.Ports.Otlp}");

    /// <summary>The issuer: http://localhost:…/realms/tracedemo.</summary>
    public string Authority => System.Plan.Authority;

    /// <summary>What stands after <c>--port-base</c> for this system.</summary>
    public int PortBase => System.Plan.Ports.Dashboard;

    public bool IsKeycloak => System.Plan.Keycloak is not null;

    /// <summary>Whatever the processes have written so far, one line each, after the process' name.</summary>
    public IReadOnlyCollection<string> Output => _output.Lines;

    /// <summary>Everything our services export, besides what they send to the Dashboard.</summary>
    internal OtlpCollector Telemetry => _telemetry ?? throw new InvalidOperationException("The system has not been started.");

    private SystemInstance System => _system ?? throw new InvalidOperationException("The system has not been started.");

    public async ValueTask InitializeAsync()
    {
        _telemetry = await OtlpCollector.Start();
        var ports = Ports.Free();
        var plan = new SystemPlan(Repository.Root, ports, new Secrets())
        {
            Keycloak = Environment.GetEnvironmentVariable("TRACEDEMO_PROVIDER") is "keycloak" ? KeycloakHomeOrFail() : null,
            Extra = new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _telemetry.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                // Metrics leave once a minute by default, which is longer than a test waits for anything.
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            },
        };
        var held = new InstanceFolder(Repository.Root, ports).TryLock() ?? throw new InvalidOperationException("The free ports are taken.");
        _system = SystemInstance.Start(plan, held, _output);
        await HealthyAsync();
        await RegistryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
            await _system.DisposeAsync();
        if (_telemetry is not null)
            await _telemetry.DisposeAsync();
        Http.Dispose();
    }

    /// <summary>A person's token from the direct grant of tracedemo-cli, audience gateway.</summary>
    public async Task<string> SignInAsync(string person) => (await SignInToSessionAsync(person)).Access;

    /// <summary>The same with the refresh token, by which the session can be ended.</summary>
    public async Task<(string Access, string Refresh)> SignInToSessionAsync(string person)
    {
        var answer = await TokenRequestAsync(new()
        {
            ["grant_type"] = "password",
            ["client_id"] = "tracedemo-cli",
            ["username"] = person,
            ["password"] = person,
            ["scope"] = "openid",
        });
        return (answer.GetProperty("access_token").GetString()!, answer.GetProperty("refresh_token").GetString()!);
    }

    /// <summary>Ends the session at the provider, which then tells the gateway.</summary>
    public async Task SignOutAsync(string refreshToken)
    {
        using var form = new FormUrlEncodedContent([new("client_id", "tracedemo-cli"), new("refresh_token", refreshToken)]);
        using var response = await Http.PostAsync($"{Authority}/protocol/openid-connect/logout", form, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"sign-out: {response.StatusCode}");
    }

    /// <summary>A service's or agent's own token, such as that of <c>agent-gpt4</c> with scope <c>documents:read</c>.</summary>
    public Task<string> SignInAsClientAsync(string clientId, string? scope = null)
    {
        var form = ClientForm(clientId, "client_credentials");
        if (scope is not null)
            form["scope"] = scope;
        return RequestTokenAsync(form);
    }

    /// <summary>Exchanges a token as any client, right or wrong: what an attacker with that client's secret could get.</summary>
    public Task<string> ExchangeAsync(string clientId, string subjectToken, IReadOnlyList<string> audiences, string? scope = null)
    {
        var form = ClientForm(clientId, "urn:ietf:params:oauth:grant-type:token-exchange");
        form["subject_token"] = subjectToken;
        form["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token";
        if (scope is not null)
            form["scope"] = scope;
        return RequestTokenAsync(form, audiences);
    }

    public string ClientSecret(string clientId) => System.Plan.Secrets.Client(clientId);

    /// <summary>The key with which a service sends telemetry to the Dashboard.</summary>
    public string OtlpKey(string service) => System.Plan.Secrets.OtlpKey(service);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri url, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, url);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Direct access at the gateway.</summary>
    public Task<Answer> ReadAsync(string token, string document) =>
        AskAsync(HttpMethod.Post, new Uri(Gateway, "/api/access-direct"), token, new { documentId = document });

    /// <summary>Delegated access at the gateway.</summary>
    public Task<Answer> DelegateAsync(string token, string agent, string document, string action = "read") =>
        AskAsync(HttpMethod.Post, new Uri(Gateway, "/api/access-delegated"), token, new { agentId = agent, documentId = document, action });

    /// <summary>Sends a request and reads the whole answer.</summary>
    public async Task<Answer> AskAsync(HttpMethod method, Uri url, string? token, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Kills a process as a crash would and returns when its successor is healthy.</summary>
    public Task CrashAsync(string name) => System.Supervisor[name].CrashAsync(TestContext.Current.CancellationToken);

    /// <summary>Stops one process for as long as the test needs it gone.</summary>
    public Task StopAsync(string name) => System.Supervisor[name].StopAsync();

    public async Task StartAsync(string name)
    {
        System.Supervisor[name].Start();
        await System.Supervisor[name].Healthy.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    /// <summary>The name of the provider's process: <c>identity</c> or <c>keycloak</c>.</summary>
    public string ProviderName => System.Plan.ProviderName;

    private async Task HealthyAsync()
    {
        try
        {
            await System.Supervisor.WaitHealthyAsync(CancellationToken.None).WaitAsync(Patience);
        }
        catch (TimeoutException late)
        {
            var states = System.Supervisor.Children.Select(child => $"{child.Spec.Name}: {child.State}");
            var report = string.Join('\n', [.. states, .. _output.Lines.TakeLast(60)]);
            await System.DisposeAsync();
            throw new InvalidOperationException($"The system did not become healthy:\n{report}", late);
        }
    }

    /// <summary>The registry's first refresh gates no health, so a delegation may be asked to wait for it.</summary>
    private async Task RegistryAsync()
    {
        var token = await SignInAsync("alice");
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var body = new { agentId = "gpt4", documentId = "DOC-007" };
            using var answer = await SendAsync(HttpMethod.Post, new Uri(Gateway, "/api/access-delegated"), token, body);
            if (answer.StatusCode is not HttpStatusCode.ServiceUnavailable)
                return;
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), patience.Token);
        }
    }

    private async Task<string> RequestTokenAsync(Dictionary<string, string> form, IReadOnlyList<string>? audiences = null) =>
        (await TokenRequestAsync(form, audiences)).GetProperty("access_token").GetString()!;

    private async Task<JsonElement> TokenRequestAsync(Dictionary<string, string> form, IReadOnlyList<string>? audiences = null)
    {
        var fields = form.Concat((audiences ?? []).Select(audience => KeyValuePair.Create("audience", audience)));
        using var content = new FormUrlEncodedContent(fields);
        using var response = await Http.PostAsync($"{Authority}/protocol/openid-connect/token", content, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{form["client_id"]}: {answer}");
        return answer;
    }

    private Dictionary<string, string> ClientForm(string clientId, string grantType) => new()
    {
        ["grant_type"] = grantType,
        ["client_id"] = clientId,
        ["client_secret"] = ClientSecret(clientId),
    };

    private Uri Address(Service service) => new(service.Url(System.Plan.Ports));

    private static string KeycloakHomeOrFail() =>
        Environment.GetEnvironmentVariable("KEYCLOAK_HOME") is { } folder && KeycloakHome.IsDistribution(folder)
            ? folder
            : throw new InvalidOperationException("TRACEDEMO_PROVIDER=keycloak needs KEYCLOAK_HOME to name a Keycloak distribution.");
}

/// <summary>Tests that share the running system: <c>[Collection(typeof(OnRunningSystem))]</c>.</summary>
[CollectionDefinition]
public sealed class OnRunningSystem : ICollectionFixture<RunningSystem>;
