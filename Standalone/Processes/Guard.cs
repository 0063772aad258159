using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TraceDemo.Standalone.Processes;

/// <summary>
/// Process between the supervisor and one child. Its standard input is a pipe whose other end only the supervisor holds; the kernel
/// closes that end however the supervisor ends, including SIGKILL, and then the guard ends the child with all its descendants.
/// </summary>
internal static class Guard
{
    public const string Announcement = "guard: pid ";
    public const int CannotStart = 127;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(IReadOnlyList<string> command, Stream pipe, CancellationToken cancellationToken)
    {
        // A terminal sends these to its whole process group; only the supervisor decides when a child ends.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
        ProcessTree.Adopt();
        using var child = Start(command);
        if (child is null)
        {
            return CannotStart;
        }

        await Console.Out.WriteLineAsync($"{Announcement}{child.Id}");
        var exited = child.WaitForExitAsync(cancellationToken);
        // Reading a pipe can't be canceled; when the child exits by itself, the pending read ends with this process.
        await Task.WhenAny(exited, Task.Run(() => DrainAsync(pipe, cancellationToken), cancellationToken));
        await EndAsync(child);
        return child.ExitCode;
    }

    private static Process? Start(IReadOnlyList<string> command)
    {
        // Standard output and error are inherited, so nothing is copied here; standard input must not be, it is the guard's pipe.
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, UseShellExecute = false };
        try
        {
            var child = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
            child.StandardInput.Close();
            return child;
        }
        catch (Win32Exception failure)
        {
            Console.Error.WriteLine($"cannot start {command[0]}: {failure.Message}");
            return null;
        }
    }

    private static async Task DrainAsync(Stream pipe, CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        while (await pipe.ReadAsync(buffer, cancellationToken) > 0)
        {
            continue;
        }
    }

    private static async Task EndAsync(Process child)
    {
        var since = Stopwatch.GetTimestamp();
        SignalAll(child, ProcessTree.Terminate);
        while (Lives(child) && Stopwatch.GetElapsedTime(since) < ShutdownTimeout)
        {
            await Task.Delay(PollInterval);
        }

        while (Lives(child))
        {
            SignalAll(child, ProcessTree.Kill);
            if (!child.HasExited)
            {
                child.Kill(entireProcessTree: true);
            }

            await Task.Delay(PollInterval);
        }

        await child.WaitForExitAsync();
        ProcessTree.Reap();
    }

    private static bool Lives(Process child) => !child.HasExited || ProcessTree.Descendants(Environment.ProcessId).Count > 0;

    private static void SignalAll(Process child, Action<int> signal)
    {
        if (!child.HasExited)
        {
            signal(child.Id);
        }

        foreach (var descendant in ProcessTree.Descendants(Environment.ProcessId).Where(pid => pid != child.Id))
        {
            signal(descendant);
        }
    }
}
