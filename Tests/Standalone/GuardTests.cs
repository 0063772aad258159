using System.Diagnostics;
using System.Globalization;
using TraceDemo.Standalone.Processes;

namespace TraceDemo.Tests.Standalone;

/// <summary>Real processes throughout: a guard, a shell below it, and sleepers below the shell.</summary>
public sealed class GuardTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Trees => new()
    {
        { "a grandchild", "sleep 300 & echo $!; wait" },
        { "an orphan whose parent has ended", "(sleep 300 & echo $!) ; sleep 301 & echo $!; wait" },
        { "a process that left its session", "setsid sleep 300 & echo $!; wait" },
        { "a process that ignores the request to end", "trap '' TERM; sleep 300 & echo $!; wait; wait; wait" },
    };

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task Closing_the_pipe_ends_all_processes_below_the_guard(string what, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and macOS: the tree is made by a POSIX shell.");
        using var guard = Start("sh", "-c", script + "; echo done");
        var tree = await ReadTreeAsync(guard, expected: script.Split("echo $!").Length);

        guard.StandardInput.Close();

        await EndAsync(guard);
        Assert.All(tree, process => Assert.True(process.HasExited, $"{what}: {process.Id} is still there"));
    }

    [Fact]
    public async Task Killing_the_holder_of_the_pipe_ends_all_processes_below_the_guard()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and macOS: the pipe is made by a POSIX shell.");
        using var shell = Process.Start(new ProcessStartInfo(
            "sh",
            ["-c",
                $"sh -c 'echo $$; exec sleep 300' | (read holder; echo $holder; exec '{DotnetHost.Executable}' '{DotnetHost.Self}' "
                + "guard -- sleep 301)"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        using var holder = Process.GetProcessById(await ReadNumberAsync(shell, ""));
        using var child = Process.GetProcessById(await ReadNumberAsync(shell, Guard.Announcement));

        holder.Kill();

        await EndAsync(child);
        await EndAsync(shell);
    }

    [Fact]
    public async Task A_child_that_exits_gives_its_exit_code_and_leaves_no_process_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and macOS: the tree is made by a POSIX shell.");
        using var guard = Start("sh", "-c", "sleep 300 & echo $!; exit 7");
        var tree = await ReadTreeAsync(guard, expected: 2);

        await EndAsync(guard);

        Assert.Equal(7, guard.ExitCode);
        Assert.All(tree, process => Assert.True(process.HasExited));
    }

    [Fact]
    public async Task A_command_that_does_not_exist_is_reported()
    {
        using var guard = Start("no-such-command");
        var error = await guard.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await EndAsync(guard);
        Assert.StartsWith("cannot start no-such-command", error, StringComparison.Ordinal);
        Assert.Equal(Guard.CannotStart, guard.ExitCode);
    }

    [Fact]
    public async Task A_child_reads_nothing_from_the_guards_pipe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and macOS: cat is POSIX.");
        using var guard = Start("cat");
        await EndAsync(guard);
        Assert.Equal(0, guard.ExitCode);
    }

    private static Process Start(params string[] command) =>
        Process.Start(new ProcessStartInfo(DotnetHost.Executable, [DotnetHost.Self, "guard", "--", .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static Task EndAsync(Process process) =>
        process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>The child, announced by the guard, and the sleepers, announced by the shell.</summary>
    private static async Task<List<Process>> ReadTreeAsync(Process guard, int expected)
    {
        var tree = new List<Process>();
        while (tree.Count < expected)
        {
            if (await ReadNumberAsync(guard, "") is var pid && Find(pid) is { } process)
            {
                tree.Add(process);
            }
            else
            {
                expected--;
            }
        }

        return tree;
    }

    private static Process? Find(int pid)
    {
        try
        {
            return Process.GetProcessById(pid);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static async Task<int> ReadNumberAsync(Process source, string prefix)
    {
        var line = await source.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.NotNull(line);
        Assert.StartsWith(prefix, line, StringComparison.Ordinal);
        return int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
    }
}
