using System.Diagnostics;
using System.Text.Json;
using TraceDemo.Standalone.Processes;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Standalone;

/// <summary>What somebody reads who builds the solution where that cannot work, on a
/// solution of one project with the repository's own targets.</summary>
public sealed class BuildMessagesTests : IDisposable
{
    private const string NoBody = "65534";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _root = Directory.CreateTempSubdirectory("tracedemo-build-").FullName;

    private string FeedProps => Path.Combine(_root, "artifacts", "feed.props");

    public void Dispose()
    {
        Allow(_root, "755");
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_feed_with_missing_packages_gives_one_error_that_names_the_remedy()
    {
        Write("""<PackageReference Include="No.Such.Package" Version="1.0.0" />""");

        var (exitCode, output) = await BuildAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("dotnet run --project Standalone", Assert.Single(Errors(output)), StringComparison.Ordinal);
        Assert.False(File.Exists(FeedProps));
    }

    [Fact]
    public async Task A_complete_feed_is_queried_once()
    {
        Write("");

        Assert.Equal(0, (await BuildAsync()).ExitCode);
        Assert.Contains("<FeedProfile>default</FeedProfile>", await File.ReadAllTextAsync(FeedProps, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Write("""<PackageReference Include="No.Such.Package" Version="1.0.0" />""");
        var (exitCode, output) = await BuildAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("NU1101", Assert.Single(Errors(output)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unwritable_folder_gives_a_one_sentence_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and macOS: the check asks a POSIX shell.");
        Assert.SkipWhen(Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv"),
            "Root may write everywhere: install the package util-linux, whose setpriv asks as somebody else, or run the tests as another "
            + "user.");
        Write("");
        Allow(_root, "555");

        var (exitCode, output) = await BuildAsync(unprivileged: Environment.IsPrivilegedProcess);

        Assert.Equal(1, exitCode);
        Assert.Contains("This folder cannot be written to", Assert.Single(Errors(output)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_SDK_gives_an_error_that_names_the_required_one_and_its_source()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "global.json")));
        var sdk = json.RootElement.GetProperty("sdk");
        Assert.Contains(sdk.GetProperty("version").GetString()!, sdk.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Contains("https://dotnet.microsoft.com/download", sdk.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    private static void Allow(string folder, string mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32(mode, 8));
        }
    }

    private void Write(string item)
    {
        File.Copy(Path.Combine(Repository.Root, "Directory.Solution.targets"),
            Path.Combine(_root, "Directory.Solution.targets"), overwrite: true);
        var folder = Directory.CreateDirectory(Path.Combine(_root, "Gateway")).FullName;
        File.WriteAllText(Path.Combine(folder, "Gateway.csproj"),
            $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>"""
                + $"""<ItemGroup>{item}</ItemGroup></Project>""");
        File.WriteAllText(Path.Combine(_root, "One.slnx"), """<Solution><Project Path="Gateway/Gateway.csproj" /></Solution>""");
        // An empty folder: a feed that holds nothing, and is reached without a network.
        File.WriteAllText(Path.Combine(_root, "NuGet.Config"),
            """<configuration><packageSources><clear /><add key="empty" value="feed" /></packageSources></configuration>""");
        Directory.CreateDirectory(Path.Combine(_root, "feed"));
    }

    private static IReadOnlyList<string> Errors(string output) =>
        [.. output.Split('\n')
            .Where(line => line.Contains("error", StringComparison.Ordinal) && line.Contains(" : ", StringComparison.Ordinal))
            .Select(line => line.Trim()).Distinct()];

    private async Task<(int ExitCode, string Output)> BuildAsync(bool unprivileged = false)
    {
        var home = Directory.CreateTempSubdirectory("tracedemo-home-").FullName;
        Allow(home, "777");
        string[] command = [DotnetHost.Executable, "msbuild", Path.Combine(_root, "One.slnx"), "-t:Restore", "-nologo", "-tl:off"];
        if (unprivileged)
        {
            command = ["/usr/bin/setpriv", "--reuid", NoBody, "--regid", NoBody, "--clear-groups", .. command];
        }
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        // A home of its own, and none of the settings that this test's own build came with.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }
        (start.Environment["HOME"], start.Environment["DOTNET_CLI_HOME"]) = (home, home);
        (start.Environment["MSBUILDDISABLENODEREUSE"], start.Environment["DOTNET_NOLOGO"],
            start.Environment["DOTNET_CLI_UI_LANGUAGE"]) = ("1", "1", "en");
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
                .WaitAsync(Patience, TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output);
        }
        finally
        {
            // Nothing if it has ended.
            process.Kill(entireProcessTree: true);
            Directory.Delete(home, recursive: true);
        }
    }
}
