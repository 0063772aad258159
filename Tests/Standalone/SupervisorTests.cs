using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using TraceDemo.Standalone.Processes;

namespace TraceDemo.Tests.Standalone;

public sealed class SupervisorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_child_that_crashes_is_restarted_and_its_exit_code_logged()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and macOS: the child is a POSIX shell.");
        var display = new Recorder();
        await using var supervisor = new Supervisor(
            [Shell("echo hello $GREETED; exit 3", new() { ["GREETED"] = "world" })], display, TimeProvider.System);

        supervisor.Start();

        await display.SeeAsync("starting");
        await display.SeeAsync("hello world");
        await display.SeeAsync("exited with code 3; restarting in 0.5 s");
        await display.SeeAsync("restarting");
        await display.SeeAsync("starting");
        await display.SeeAsync("exited with code 3; restarting in 1 s");
    }

    [Fact]
    public async Task Children_are_asked_to_stop_and_have_exited_before_the_supervisor()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and macOS: the child is a POSIX shell.");
        var display = new Recorder();
        var supervisor = new Supervisor(
            [Shell("trap 'echo goodbye; exit 0' TERM; echo ready; while :; do sleep 0.05; done", [])], display, TimeProvider.System);
        supervisor.Start();
        await display.SeeAsync("ready");

        await supervisor.DisposeAsync();

        Assert.Equal(ChildState.Stopped, supervisor["shell"].State);
        Assert.Null(supervisor["shell"].Pid);
        await display.SeeAsync("goodbye");
        Assert.DoesNotContain(display.Seen, line => line.StartsWith("exited with code", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Control_characters_in_a_log_do_not_reach_the_terminal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and macOS: the child is a POSIX shell.");
        var display = new Recorder();
        await using var supervisor = new Supervisor([Shell(@"printf 'a\033[2Jb\n'; sleep 300", [])], display, TimeProvider.System);
        supervisor.Start();
        await display.SeeAsync("a [2Jb");
    }

    [Fact]
    public void The_delay_after_a_crash_doubles_up_to_half_a_minute()
    {
        Assert.Equal([0.5, 1, 2, 4, 8, 16], Enumerable.Range(1, 6).Select(crash => Backoff.Rest(crash).TotalSeconds));
        Assert.All([7, 8, 100, int.MaxValue], crash => Assert.Equal(30, Backoff.Rest(crash).TotalSeconds));
    }

    [Theory]
    [InlineData("echo one; echo 'no realm here' >&2; exit 4", "shell exited at startup with code 4: no realm here")]
    [InlineData("echo 'Unhandled exception. Some.Exception: Identity__Authority is missing.'; echo '   at Program.Main()'; exit 134",
        "shell exited at startup with code 134: Identity__Authority is missing.")]
    [InlineData("echo 'Unhandled exception. text without a type: more'; exit 134",
        "shell exited at startup with code 134: text without a type: more")]
    [InlineData("exit 1", "shell exited at startup with code 1: it wrote nothing.")]
    public async Task A_child_that_exits_before_it_was_healthy_fails_the_start_with_its_error_message(string script, string sentence)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and macOS: the child is a POSIX shell.");
        await using var supervisor = new Supervisor(
            [Shell("sleep 300", [], "other"), Shell(script, [])], new Recorder(), TimeProvider.System);

        supervisor.Start();

        var failure = await Assert.ThrowsAsync<StartFailedException>(() =>
            supervisor.WaitHealthyAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(sentence, failure.Message);
    }

    [Fact]
    public async Task A_child_that_crashes_after_it_was_healthy_is_restarted_without_failing_the_start()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and macOS: the child is a POSIX shell.");
        await using var health = WebApplication.CreateSlimBuilder().Build();
        health.Urls.Add("http://127.0.0.1:0");
        health.MapGet("/health", () => "fine");
        await health.StartAsync(TestContext.Current.CancellationToken);
        // Its health is not its own: it is killed as soon as it runs.
        var shell = Shell("sleep 300", []) with { Health = new Uri($"{health.Urls.Single()}/health") };
        await using var supervisor = new Supervisor([shell], new Recorder(), TimeProvider.System);
        supervisor.Start();
        await supervisor.WaitHealthyAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await supervisor["shell"].CrashAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.False(supervisor["shell"].FailedStart.IsCompleted);
    }

    private static ChildSpec Shell(string script, Dictionary<string, string> environment, string name = "shell") =>
        new(name, ["sh", "-c", script])
        {
            WorkingDirectory = Path.GetTempPath(),
            Environment = environment,
            Url = new Uri("http://127.0.0.1:9"),
            Health = new Uri("http://127.0.0.1:9/health"),
        };

    private sealed class Recorder : ISystemDisplay
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public ConcurrentQueue<string> Seen { get; } = new();

        public void Log(string name, string line, bool isError) => _lines.Writer.TryWrite(line);

        public void Changed(SupervisedChild child) => Log(child.Spec.Name, child.State.ToString().ToLowerInvariant(), isError: false);

        public async Task SeeAsync(string expected)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience);
            await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                Seen.Enqueue(line);
                if (line == expected)
                {
                    return;
                }
            }
        }
    }
}
