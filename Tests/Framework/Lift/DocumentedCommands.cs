using System.Diagnostics;
using TraceDemo.Standalone.Processes;
using TraceDemo.Tests.Framework.Conventions;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Framework.Lift;

/// <summary>
/// Runs the commands of docs/lift.md, and no other. Templates and the package under test go to a folder of the test's own: the machine's
/// cache of packages is only read.
/// </summary>
internal sealed class DocumentedCommands(string home)
{
    private const string Page = "docs/lift.md";
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, string> _exported = [];

    /// <summary>The folder that the page calls <c>../lift</c>.</summary>
    public string Solution { get; } = Path.Combine(home, "lift");

    /// <summary>Runs a command. Fails with its output unless it succeeds.</summary>
    /// <param name="folder">The folder to run it in.</param>
    /// <param name="command">A line of the page.</param>
    public async Task RunAsync(string folder, string command)
    {
        Assert.Contains(command, SourceFiles.Named(Page).Lines);
        var words = command.Split(' ').Skip(1).Select(word => word.Replace("../lift", Solution, StringComparison.Ordinal));
        var start = new ProcessStartInfo(DotnetHost.Executable, words)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        AdjustEnvironment(start.Environment);
        foreach (var (name, value) in _exported)
        {
            start.Environment[name] = value;
        }

        if (command.StartsWith("dotnet new", StringComparison.Ordinal))
        {
            // Not for a restore, which finds the machine's package sources by it.
            start.Environment["DOTNET_CLI_HOME"] = home;
        }
        else if (folder != Repository.Root)
        {
            // The repository's own projects stay restored as they were.
            KeepPackages(start.Environment);
        }

        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(WaitTimeout);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            Assert.True(process.ExitCode == 0, $"{command}\n{output}");
        }
        finally
        {
            // Nothing if it has ended.
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Sets a variable for the commands that follow.</summary>
    /// <param name="variable">What follows <c>export</c> in a line of the page.</param>
    public void Export(string variable)
    {
        Assert.Contains($"export {variable}", SourceFiles.Named(Page).Lines);
        var parts = variable.Split('=', 2);
        _exported[parts[0]] = parts[1];
    }

    /// <summary>The sources of a folder, without what was built there.</summary>
    /// <param name="command">A line of the page that copies a folder of the repository.</param>
    public void Copy(string command)
    {
        Assert.Contains(command, SourceFiles.Named(Page).Lines);
        // As cp does: into a folder that exists, or as one that does not.
        var (from, to) = (Path.Combine(Repository.Root, command.Split(' ')[2]), Solution);
        Copy(from, Directory.Exists(to) ? Path.Combine(to, Path.GetFileName(from)) : to);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    private static void AdjustEnvironment(IDictionary<string, string?> environment)
    {
        // The settings that this test's own build came with.
        foreach (var name in environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            environment.Remove(name);
        }

        // A node or compiler that stays would hold the output pipe open.
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["UseSharedCompilation"] = "false";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
    }

    /// <summary>Restores packages from the machine's cache into a folder of the test's own.</summary>
    private void KeepPackages(IDictionary<string, string?> environment)
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        if (Directory.Exists(cache))
        {
            environment["NUGET_FALLBACK_PACKAGES"] = cache;
        }

        environment["NUGET_PACKAGES"] = Path.Combine(home, "packages");
    }
}
