using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Plan;
using TraceDemo.Standalone.Processes;
using TraceDemo.Tests.Framework.Processes;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Tests.Framework.Deployment;

/// <summary>
/// The content of the Keycloak image, assembled without a container engine from the distribution that <c>KEYCLOAK_HOME</c> names. It is
/// built with the Dockerfile's options, except that the database is a file, and the entrypoint starts it in production mode.
/// </summary>
public sealed class KeycloakImage : IAsyncLifetime
{
    public const string Missing =
        "Set the environment variable KEYCLOAK_HOME to the folder of a Keycloak 26 distribution to run this test; it needs Java 17 or "
        + "later on the path.";
    public const string PublicAddress = "https://id.example.org";
    public const string DashboardAddress = "https://app.example.org";
    public const string Person = "zoe";
    public const string Password = "a-long-password-of-zoe";

    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(6);

    private readonly string _folder = Directory.CreateTempSubdirectory("keycloak-image-").FullName;
    private readonly CollectedOutput _output = new();
    private Supervisor? _supervisor;

    internal SystemPlan Plan { get; private set; } = new(Repository.Root, FreePorts.Next(), new Secrets());

    public string Issuer => $"{PublicAddress}/realms/tracedemo";

    /// <summary>The realm's internal address, which services use.</summary>
    public string Backchannel => $"{Inside}realms/tracedemo";

    internal Uri Inside => new($"http://127.0.0.1:{Plan.Ports.Identity}/");

    public IReadOnlyCollection<string> Output => _output.Lines;

    public HttpClient Http { get; } = new();

    /// <summary>Null where there is no distribution: then every test is skipped.</summary>
    public static string? Distribution =>
        Environment.GetEnvironmentVariable("KEYCLOAK_HOME") is { Length: > 0 } home && KeycloakHome.IsDistribution(home) ? home : null;

    public async ValueTask InitializeAsync()
    {
        if (Distribution is not { } distribution)
        {
            return;
        }

        Plan = Plan with
        {
            Extra = new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
                ["Identity__Authority"] = Issuer,
                ["Identity__BackchannelAddress"] = Backchannel,
            },
        };
        var home = KeycloakHome.Prepare(distribution, Path.Combine(_folder, "keycloak"), Repository.Root);
        var realm = ProductionRealm.From(DevelopmentRealm.Load(Repository.Root), withCommandLine: false);
        await File.WriteAllTextAsync(Path.Combine(home, "data", "import", "tracedemo-realm.json"), realm.ToJsonString());
        File.Copy(Path.Combine(Dockerfile.Folder, "entrypoint.sh"), Path.Combine(home, "bin", "entrypoint.sh"));
        await BuildAsync(home);
        await StartAsync(home);
        await AddPersonAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_supervisor is not null)
        {
            await _supervisor.DisposeAsync();
        }

        Http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Asks the administration interface as the first administrator.</summary>
    public async Task<JsonElement> AdministerAsync(HttpMethod method, string path, object? body = null)
    {
        var token = await TokenAsync("master",
            new Dictionary<string, string>
            {
                ["grant_type"] = "password",
                ["client_id"] = "admin-cli",
                ["username"] = "admin",
                ["password"] = Plan.Secrets.AdminPassword
            });
        using var request = new HttpRequestMessage(method, new Uri(Inside, $"admin/realms/tracedemo/{path}"))
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Body.GetProperty("access_token").GetString());
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> TokenAsync(
        string realm, IReadOnlyDictionary<string, string> form, params string[] audiences)
    {
        using var content = new FormUrlEncodedContent(form.Concat(audiences.Select(audience => KeyValuePair.Create("audience", audience))));
        using var response = await Http.PostAsync(new Uri(Inside, $"realms/{realm}/protocol/openid-connect/token"), content);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task BuildAsync(string home)
    {
        var start = new System.Diagnostics.ProcessStartInfo(Path.Combine(home, "bin", "kc.sh"), ["build"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in BuildOptions)
        {
            start.Environment[name] = value;
        }

        using var build = System.Diagnostics.Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, output);
    }

    private async Task StartAsync(string home)
    {
        // None of the options of the build: they are in its result.
        var environment = Plan.EnvironmentOf(Plan.Settings.Realm());
        environment["DASHBOARD_URL"] = DashboardAddress;
        environment["KC_HOSTNAME"] = PublicAddress;
        environment["KC_HOSTNAME_BACKCHANNEL_DYNAMIC"] = "true";
        environment["KC_PROXY_HEADERS"] = "xforwarded";
        environment["KC_HTTP_ENABLED"] = "true";
        environment["KC_HTTP_HOST"] = "127.0.0.1";
        environment["KC_HTTP_PORT"] = $"{Plan.Ports.Identity}";
        environment["KC_HTTP_MANAGEMENT_PORT"] = $"{Plan.Ports.IdentityManagement}";
        environment["KC_CACHE"] = "local";
        environment["KC_BOOTSTRAP_ADMIN_USERNAME"] = "admin";
        environment["KC_BOOTSTRAP_ADMIN_PASSWORD"] = Plan.Secrets.AdminPassword;
        environment["KC_TRACING_PROTOCOL"] = "http/protobuf";
        environment["KC_TRACING_ENDPOINT"] = $"http://127.0.0.1:{Plan.Ports.Otlp}";
        var child = new ChildSpec("keycloak", ["bash", Path.Combine(home, "bin", "entrypoint.sh"), .. Dockerfile.Words("CMD")])
        {
            WorkingDirectory = home,
            Environment = environment,
            Url = Inside,
            Health = new Uri($"http://127.0.0.1:{Plan.Ports.IdentityManagement}/health/ready"),
        };
        _supervisor = new Supervisor([child], _output, TimeProvider.System);
        _supervisor.Start();
        try
        {
            await _supervisor.WaitHealthyAsync(CancellationToken.None).WaitAsync(WaitTimeout);
        }
        catch (TimeoutException late)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"Keycloak did not become ready:\n{string.Join('\n', _output.Lines.TakeLast(60))}", late);
        }
    }

    /// <summary>The Dockerfile's, but for the database: there is no PostgreSQL here.</summary>
    private static Dictionary<string, string> BuildOptions => new(Dockerfile.BuildOptions, StringComparer.Ordinal)
    {
        ["KC_DB"] = "dev-file",
    };

    private Task<JsonElement> AddPersonAsync() => AdministerAsync(HttpMethod.Post, "users", new
    {
        username = Person,
        enabled = true,
        email = "zoe@example.org",
        emailVerified = true,
        firstName = "Zoe",
        lastName = "Example",
        groups = new[] { "/engineering", "/finance" },
        credentials = new[] { new { type = "password", value = Password, temporary = false } },
    });
}
