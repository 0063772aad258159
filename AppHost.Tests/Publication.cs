using System.Diagnostics;

namespace TraceDemo.AppHost.Tests;

/// <summary>AppHost publishing into a folder of its own, as a process: the way it is published.</summary>
internal sealed class Publication : IDisposable
{
    // It takes a second; a build server that is busy may need some more.
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(2);

    /// <summary>As in production, whatever these tests were started with. The
    /// parameters have no meaning: what is published holds none.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["DOTNET_ENVIRONMENT"] = "Production",
        ["EMBEDDED"] = "false",
        ["Parameters__public-dashboard-url"] = "https://app.example.org",
        ["Parameters__public-keycloak-url"] = "https://id.example.org",
        ["Parameters__keycloak-db-url"] = "jdbc:postgresql://db.example.org/keycloak",
        ["Parameters__keycloak-db-username"] = "keycloak",
        ["Parameters__keycloak-db-password"] = "not-a-secret-of-anything",
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracedemo-published-");

    public string Folder => _folder.CreateSubdirectory("output").FullName;

    /// <summary>Its exit code, and all that it wrote.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string target, params IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "--operation", "publish", "--step", "publish", "--output-path", Folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Aspire keeps there what it made of parameters; a developer's own is none of a test's business.
        start.Environment["ASPIRE_HOME"] = _folder.CreateSubdirectory("aspire").FullName;
        start.Environment["DeployTarget"] = target;
        foreach (var (name, value) in Settings.Select(setting => (setting.Key, setting.Value)).Concat(settings))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(WaitTimeout);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            // Nothing if it has ended.
            process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>AppHost as it was built together with these tests: its own output folder lies beside theirs.</summary>
    private static string Program => Path.Combine(
        AppContext.BaseDirectory.Replace("AppHost.Tests", "AppHost", StringComparison.Ordinal), "TraceDemo.AppHost.dll");
}
