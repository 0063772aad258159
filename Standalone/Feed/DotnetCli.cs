using System.Collections.Concurrent;
using System.Diagnostics;
using TraceDemo.Standalone.Processes;

namespace TraceDemo.Standalone.Feed;

/// <summary>Runs <c>dotnet</c> in the repository and captures its output.</summary>
internal sealed class DotnetCli(string root, TimeProvider time)
{
    public async Task<CliResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var output = new ConcurrentQueue<string>();
        var began = time.GetTimestamp();
        using var process = new Process { StartInfo = Command(arguments) };
        process.StartInfo.RedirectStandardOutput = true;
        process.StartInfo.RedirectStandardError = true;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitAsync(process, cancellationToken);
        return new CliResult(process.ExitCode, [.. output.Select(line => line.Trim())], time.GetElapsedTime(began));
    }

    /// <summary>With the console attached, for output that a person reads live.</summary>
    public async Task<int> RunAttachedAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Command(arguments) };
        process.Start();
        await WaitAsync(process, cancellationToken);
        return process.ExitCode;
    }

    private static async Task WaitAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo Command(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(DotnetHost.Executable, arguments) { WorkingDirectory = root };
        // A build node that keeps running would hold our output pipe open, and reading would never end.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        return start;
    }
}
