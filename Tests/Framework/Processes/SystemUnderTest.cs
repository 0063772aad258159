using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TraceDemo.Tests.Framework.Http;
using TraceDemo.Tests.Framework.Telemetry;

namespace TraceDemo.Tests.Framework.Processes;

/// <summary>
/// The whole system, started once for all tests of a collection and stopped after the last: what every host of it offers.
/// Each test project derives from it for the host that its tests run on.
/// </summary>
public abstract class SystemUnderTest : IAsyncLifetime
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(5);

    private OtlpCollector? _telemetry;
    private SystemHost? _host;

    /// <summary>Follows no redirect and keeps no cookie, so a test sees each answer as it is.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public virtual SystemHost Host => _host ?? throw new InvalidOperationException("The system has not been started.");

    public Uri Dashboard => Host.Address("dashboard");

    public Uri Gateway => Host.Address("gateway");

    public Uri UserService => Host.Address("user-service");

    public Uri AgentService => Host.Address("agent-service");

    public Uri DocumentService => Host.Address("document-service");

    /// <summary>Everything our services export, besides what they send to the Dashboard.</summary>
    internal OtlpCollector Telemetry => _telemetry ?? throw new InvalidOperationException("The system has not been started.");

    public async ValueTask InitializeAsync()
    {
        _telemetry = await OtlpCollector.Start();
        _host = await StartAsync(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _telemetry.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            // Metrics leave once a minute by default, which is longer than a test waits for anything.
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        });
        await RegistryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_telemetry is not null)
        {
            await _telemetry.DisposeAsync();
        }

        Http.Dispose();
        GC.SuppressFinalize(this);
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
        using var response = await Http.PostAsync(
            $"{Host.Authority}/protocol/openid-connect/logout", form, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"sign-out: {response.StatusCode}");
    }

    /// <summary>A service's or agent's own token, such as that of <c>agent-gpt4</c> with scope <c>documents:read</c>.</summary>
    public Task<string> SignInAsClientAsync(string clientId, string? scope = null)
    {
        var form = ClientForm(clientId, "client_credentials");
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        return RequestTokenAsync(form);
    }

    /// <summary>Exchanges a token as any client, right or wrong: what an attacker with that client's secret could get.</summary>
    public Task<string> ExchangeAsync(string clientId, string subjectToken, IReadOnlyList<string> audiences, string? scope = null)
    {
        var form = ClientForm(clientId, "urn:ietf:params:oauth:grant-type:token-exchange");
        form["subject_token"] = subjectToken;
        form["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token";
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        return RequestTokenAsync(form, audiences);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri url, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, url);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Direct access at the gateway.</summary>
    public Task<Answer> ReadAsync(string token, string document) =>
        AskAsync(HttpMethod.Post, new Uri(Gateway, "/api/access-direct"), token, new { documentId = document });

    /// <summary>Delegated access at the gateway.</summary>
    public Task<Answer> DelegateAsync(string token, string agent, string document, string action = "read") =>
        AskAsync(HttpMethod.Post, new Uri(Gateway, "/api/access-delegated"), token, new { agentId = agent, documentId = document, action });

    /// <summary>Keys, registry and connections of a new process are fetched within seconds; every attempt is a real request.</summary>
    public async Task UntilGrantedAsync(string token)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await DelegateAsync(token, "gpt4", "DOC-005")).Status != 200)
        {
            timeout.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    public Task<Answer> AskAsync(
        HttpMethod method, Uri url, string? token, object? body = null, params (string Name, string Value)[] headers) =>
        Http.AskAsync(method, url, token, body, headers);

    /// <summary>Starts the host, with these environment variables for every service.</summary>
    protected abstract Task<SystemHost> StartAsync(IReadOnlyDictionary<string, string> settings);

    /// <summary>The registry's first refresh gates no health, so a delegation may be asked to wait for it.</summary>
    private async Task RegistryAsync()
    {
        var token = await SignInAsync("alice");
        using var timeout = new CancellationTokenSource(WaitTimeout);
        while (true)
        {
            var body = new { agentId = "gpt4", documentId = "DOC-007" };
            using var answer = await SendAsync(HttpMethod.Post, new Uri(Gateway, "/api/access-delegated"), token, body);
            if (answer.StatusCode is not HttpStatusCode.ServiceUnavailable)
            {
                return;
            }

            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), timeout.Token);
        }
    }

    private async Task<string> RequestTokenAsync(Dictionary<string, string> form, IReadOnlyList<string>? audiences = null) =>
        (await TokenRequestAsync(form, audiences)).GetProperty("access_token").GetString()!;

    private async Task<JsonElement> TokenRequestAsync(Dictionary<string, string> form, IReadOnlyList<string>? audiences = null)
    {
        var fields = form.Concat((audiences ?? []).Select(audience => KeyValuePair.Create("audience", audience)));
        using var content = new FormUrlEncodedContent(fields);
        using var response = await Http.PostAsync(
            $"{Host.Authority}/protocol/openid-connect/token", content, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{form["client_id"]}: {answer}");
        return answer;
    }

    private Dictionary<string, string> ClientForm(string clientId, string grantType) => new()
    {
        ["grant_type"] = grantType,
        ["client_id"] = clientId,
        ["client_secret"] = Host.ClientSecret(clientId),
    };
}
