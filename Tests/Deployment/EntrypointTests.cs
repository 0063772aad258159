using System.Diagnostics;
using TraceDemo.Topology;
using TraceDemo.Topology.Realms;

namespace TraceDemo.Tests.Deployment;

/// <summary>The script that a Keycloak container begins with, run as it is; only what
/// it starts in the end is one that tells its arguments.</summary>
public sealed class EntrypointTests : IDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly string _home = Directory.CreateTempSubdirectory("entrypoint-").FullName;
    private readonly Dictionary<string, string> _environment = [];

    public EntrypointTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux: the script needs the bash of its container.");
        Directory.CreateDirectory(Path.Combine(_home, "bin"));
        Directory.CreateDirectory(Path.Combine(_home, "data", "import"));
        File.Copy(Path.Combine(Repository.Root, "AppHost", "keycloak", "entrypoint.sh"), Path.Combine(_home, "bin", "entrypoint.sh"));
        File.WriteAllText(Path.Combine(_home, "bin", "kc.sh"), "#!/bin/bash\necho \"started: $*\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(_home, "bin", "kc.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var realm = ProductionRealm.From(DevelopmentRealm.Load(Repository.Root), withCommandLine: true);
        WriteRealm(realm.ToJsonString());
        foreach (var name in RealmPlaceholders.Names(realm))
        {
            _environment[name] = name.EndsWith("_SECRET", StringComparison.Ordinal)
                ? $"{Secret}-{name}"
                : name.Contains("BACKCHANNEL", StringComparison.Ordinal) ? "http://service:8080" : "https://app.example.org";
        }

        _environment["KC_HOSTNAME"] = "https://id.example.org";
        _environment["KC_BOOTSTRAP_ADMIN_PASSWORD"] = Secret;
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("start --import-realm", "started: start --import-realm --optimized")]
    [InlineData("start --optimized --import-realm", "started: start --optimized --import-realm")]
    public async Task With_all_settings_Keycloak_starts_with_the_build_of_the_image(string arguments, string expected)
    {
        var (status, output) = await RunAsync(arguments.Split(' '));
        Assert.Equal((0, expected), (status, output.Trim()));
    }

    public static TheoryData<string> Variables { get; } =
        [.. RealmPlaceholders.Names(ProductionRealm.From(DevelopmentRealm.Load(Repository.Root), withCommandLine: true)), "KC_HOSTNAME"];

    [Theory]
    [MemberData(nameof(Variables))]
    public async Task Each_missing_realm_variable_is_reported(string name)
    {
        _environment.Remove(name);
        await RefusedAsync($"{name} is not set.");
        _environment[name] = "";
        await RefusedAsync($"{name} is not set.");
    }

    [Theory]
    [InlineData("GATEWAY_SECRET", "dev-only-gateway-with-enough-characters", "is a development secret")]
    [InlineData("GATEWAY_SECRET", "${GATEWAY_SECRET}-with-enough-characters", "contains an unresolved placeholder")]
    [InlineData("AGENT_GPT4_SECRET", "abc${OTHER}abcdefghijklmnopqrstuvwxyz", "contains an unresolved placeholder")]
    [InlineData("AGENT_GPT4_SECRET", "short-one", "is shorter than 32 characters")]
    [InlineData("USER_SERVICE_SECRET", "0123456789abcdef\",\"x\":\"0123456789abcdef",
        "contains a quote, a backslash or a control character")]
    [InlineData("USER_SERVICE_SECRET", "0123456789abcdef\\u0022789abcdef01234567", "contains a quote, a backslash or a control character")]
    [InlineData("USER_SERVICE_SECRET", "0123456789abcdef\n0123456789abcdef", "contains a quote, a backslash or a control character")]
    [InlineData("DASHBOARD_URL", "http://app.example.org", "must be https://host")]
    [InlineData("DASHBOARD_URL", "https://app.example.org/", "must be https://host")]
    [InlineData("DASHBOARD_URL", "https://somebody@app.example.org", "must be https://host")]
    [InlineData("DASHBOARD_URL", "app.example.org", "must be https://host")]
    [InlineData("KC_HOSTNAME", "http://id.example.org", "must be https://host")]
    [InlineData("KC_HOSTNAME", "id.example.org", "must be https://host")]
    [InlineData("DASHBOARD_BACKCHANNEL_URL", "ftp://dashboard:8080", "must be http://host or https://host")]
    [InlineData("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin", "is shorter than 16 characters")]
    [InlineData("KC_BOOTSTRAP_ADMIN_PASSWORD", "dev-only-admin-password", "is a development secret")]
    public async Task An_invalid_setting_is_named_without_its_value(string name, string value, string reason)
    {
        _environment[name] = value;
        var output = await RefusedAsync($"{name} {reason}");
        Assert.DoesNotContain(value, output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_reported_at_once()
    {
        _environment.Remove("GATEWAY_SECRET");
        _environment["DASHBOARD_SECRET"] = "short";
        var output = await RefusedAsync("GATEWAY_SECRET is not set.");
        Assert.Contains("DASHBOARD_SECRET is shorter", output, StringComparison.Ordinal);
        Assert.Contains("not started, 2 faults", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_initial_administrator_is_optional_with_an_existing_database()
    {
        _environment.Remove("KC_BOOTSTRAP_ADMIN_PASSWORD");
        Assert.Equal(0, (await RunAsync("start")).Status);
    }

    [Fact]
    public async Task The_development_realm_is_refused()
    {
        WriteRealm(DevelopmentRealm.Load(Repository.Root).ToJsonString());
        await RefusedAsync("gives GATEWAY_SECRET a default");
    }

    [Fact]
    public async Task Without_a_realm_Keycloak_is_not_started()
    {
        File.Delete(RealmPath);
        await RefusedAsync("there is no realm");
    }

    private string RealmPath => Path.Combine(_home, "data", "import", "tracedemo-realm.json");

    private void WriteRealm(string text) => File.WriteAllText(RealmPath, text);

    private async Task<string> RefusedAsync(string message)
    {
        var (status, output) = await RunAsync("start", "--import-realm");
        Assert.Equal(78, status);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("started:", output, StringComparison.Ordinal);
        return output;
    }

    private async Task<(int Status, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(_home, "bin", "entrypoint.sh"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
