using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TraceDemo.Standalone.Instance;
using TraceDemo.Tests.Framework.Identity;

namespace TraceDemo.Tests.Framework.Parity;

/// <summary>A real Keycloak with the realm imported, as it ships and changed, from a
/// copy of the distribution that <c>KEYCLOAK_HOME</c> names.</summary>
internal sealed class KeycloakFixture : IAsyncDisposable
{
    public const string Missing =
        "Set the environment variable KEYCLOAK_HOME to the folder of a Keycloak 26 distribution to run this test; it needs Java 17 or "
        + "later on the path.";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"keycloak-{Guid.NewGuid():n}");
    private readonly StringBuilder _output = new();
    private readonly int _port = FreePorts.NextPort();
    private readonly int _managementPort = FreePorts.NextPort();
    private Process? _process;

    private KeycloakFixture()
    {
    }

    /// <summary>Of the user <c>admin</c> of the realm of administrators.</summary>
    public string AdministratorPassword { get; } = Guid.NewGuid().ToString("n");

    public Uri Server => new($"http://localhost:{_port}/");

    public string Authority => $"http://localhost:{_port}/realms/tracedemo";

    /// <summary>The second realm, <see cref="ObservedRealm"/>: a second server would take another minute to start.</summary>
    public string ObservedAuthority => $"http://localhost:{_port}/realms/{ObservedRealm.Name}";

    /// <summary>Null where there is no distribution.</summary>
    public static async Task<KeycloakFixture?> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("KEYCLOAK_HOME") is not { Length: > 0 } home)
        {
            return null;
        }
        var keycloak = new KeycloakFixture();
        try
        {
            keycloak.Copy(home);
            await keycloak.WriteRealmAsync("tracedemo", _ => { });
            await keycloak.WriteRealmAsync(ObservedRealm.Name, ObservedRealm.Change);
            keycloak.Start();
            await keycloak.WaitUntilReadyAsync();
            return keycloak;
        }
        catch
        {
            await keycloak.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            // kc.sh is a shell, the server its child.
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Everything but its data, which would hold an older realm.</summary>
    private void Copy(string home)
    {
        foreach (var file in Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(home, file);
            if (relative.StartsWith($"data{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            {
                continue;
            }
            var target = Path.Combine(_folder, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private async Task WriteRealmAsync(string name, Action<JsonObject> change)
    {
        var import = Directory.CreateDirectory(Path.Combine(_folder, "data", "import")).FullName;
        await File.WriteAllTextAsync(Path.Combine(import, $"{name}-realm.json"), await RealmEdits.ApplyAsync(change));
    }

    private void Start()
    {
        var start = new ProcessStartInfo(Path.Combine(_folder, "bin", OperatingSystem.IsWindows() ? "kc.bat" : "kc.sh"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "start-dev", "--import-realm", "--health-enabled=true",
                $"--http-port={_port}", $"--hostname=http://localhost:{_port}", $"--http-management-port={_managementPort}",
            },
            // The options the distribution was built with; others would have it built anew first. Nothing listens for the spans.
            Environment = { ["KC_BOOTSTRAP_ADMIN_USERNAME"] = "admin", ["KC_BOOTSTRAP_ADMIN_PASSWORD"] = AdministratorPassword,
                ["KC_TRACING_ENABLED"] = "true", ["KC_TRACING_JDBC_ENABLED"] = "false", ["KC_TRACING_SAMPLER_TYPE"] = "always_off" },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var timeout = new CancellationTokenSource(StartTimeout);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync(timeout.Token))
        {
            if (_process!.HasExited)
            {
                throw new InvalidOperationException($"Keycloak ended at its start:\n{Output()}");
            }
            if (await IsReadyAsync(http, timeout.Token))
            {
                return;
            }
        }
    }

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri($"http://localhost:{_managementPort}/health/ready"), cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Remember(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    private string Output()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }
}
