using System.Diagnostics;
using System.Text.RegularExpressions;
using TraceDemo.Tests.Framework.Processes;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Framework.Scenarios;

/// <summary>Types a page's commands into a shell, with the running system's ports and pids in place of the default ones.</summary>
public sealed partial class TourShell(ProcessHost host) : IDisposable
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracedemo-tour");

    /// <summary>Whether this machine has what the pages ask for.</summary>
    public static bool IsThere => OperatingSystem.IsLinux() && File.Exists("/bin/bash") && File.Exists("/usr/bin/curl");

    /// <summary>Runs the commands and returns their output.</summary>
    public async Task<string> RunAsync(string commands)
    {
        var pids = AskedPid().Matches(commands).Select(asked => host.Pid(asked.Groups[1].Value)).ToList();
        using var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", await HereAsync(commands)])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        })!;
        try
        {
            await shell.StandardInput.WriteAsync(string.Concat(pids.Select(pid => $"{pid}\n")));
            shell.StandardInput.Close();
            return await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
                .WaitAsync(WaitTimeout, TestContext.Current.CancellationToken);
        }
        finally
        {
            shell.Kill(entireProcessTree: true);
            await ContinueAsync(pids);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Commands that broke off may have left a process frozen; to one that runs, or has ended, it means nothing.</summary>
    private static async Task ContinueAsync(List<int> pids)
    {
        foreach (var pid in pids)
        {
            using var signal = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", $"kill -CONT {pid} 2> /dev/null"]))!;
            await signal.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>A program of the page is copied, because it names ports, too.</summary>
    private async Task<string> HereAsync(string text)
    {
        foreach (var program in Program().Matches(text).Select(match => match.Value).Distinct())
        {
            var copy = Path.Combine(_folder.FullName, Path.GetFileName(program));
            await File.WriteAllTextAsync(copy, WithPorts(await File.ReadAllTextAsync(Path.Combine(Repository.Root, program))));
            text = text.Replace(program, copy, StringComparison.Ordinal);
        }

        return WithPorts(text).Replace("artifacts/deputy", Path.Combine(_folder.FullName, "deputy"), StringComparison.Ordinal);
    }

    private string WithPorts(string text) => Port().Replace(text, match => Ports.Default.All.Zip(Ports.From(host.PortBase).All)
        .Where(pair => match.Value == $"{pair.First.Port}").Select(pair => $"{pair.Second.Port}").FirstOrDefault() ?? match.Value);

    [GeneratedRegex(@"'pid of ([a-z-]+): '")]
    private static partial Regex AskedPid();

    [GeneratedRegex(@"docs/tours/\w+\.cs")]
    private static partial Regex Program();

    [GeneratedRegex(@"(?<=localhost:|artifacts/standalone/)\d+")]
    private static partial Regex Port();
}
