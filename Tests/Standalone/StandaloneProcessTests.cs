using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Processes;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Standalone;

/// <summary>The program itself, as it is started from a shell.</summary>
public sealed class StandaloneProcessTests
{
    [Fact]
    public async Task A_second_start_names_the_running_system_and_starts_nothing()
    {
        var ports = FreePorts.Next();
        var folder = new InstanceFolder(Repository.Root, ports);
        await using var held = folder.TryLock();
        folder.Write(new InstanceState(4711, $"http://localhost:{ports.Dashboard}", "", "", "", ""));

        var (exitCode, output) = await RunAsync("--port-base", $"{ports.Dashboard}");

        folder.Discard();
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"TraceDemo already runs (pid 4711): http://localhost:{ports.Dashboard}.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_prevents_startup_before_the_build()
    {
        var ports = FreePorts.Next();
        using var other = new TcpListener(IPAddress.Loopback, ports.Otlp);
        other.Start();

        var (exitCode, output) = await RunAsync("--port-base", $"{ports.Dashboard}");

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Port {ports.Otlp}, meant for otlp, is in use by ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("build", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Unknown option \"--frobnicate\". Options: dotnet run --project Standalone -- --help", "--frobnicate")]
    [InlineData(2, "Unknown option \"guard\". Options: dotnet run --project Standalone -- --help", "guard", "--")]
    [InlineData(0, "TraceDemo without Docker: every service as a plain process. Needs only the .NET SDK.", "--help")]
    public async Task The_arguments_determine_the_exit_code(int expected, string firstLine, params string[] words)
    {
        var (exitCode, output) = await RunAsync(words);
        Assert.Equal(expected, exitCode);
        Assert.Equal(firstLine, output.Split('\n')[0].TrimEnd());
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(DotnetHost.Executable, [DotnetHost.Self, .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
