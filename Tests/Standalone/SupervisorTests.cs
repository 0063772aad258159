using System.Collections.Concurrent;
using System.Threading.Channels;
using TraceDemo.Standalone.Display;
using TraceDemo.Standalone.Processes;

namespace TraceDemo.Tests.Standalone;

public sealed class SupervisorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_child_that_crashes_is_started_again_with_its_exit_code_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The child is a POSIX shell.");
        var display = new Recorder();
        await using var supervisor = new Supervisor([Shell("echo hello $GREETED; exit 3", new() { ["GREETED"] = "world" })], display, TimeProvider.System);

        supervisor.Start();

        await display.SeeAsync("starting");
        await display.SeeAsync("hello world");
        await display.SeeAsync("ended with exit code 3; starting again in 0.5 s");
        await display.SeeAsync("restarting");
        await display.SeeAsync("starting");
        await display.SeeAsync("ended with exit code 3; starting again in 1 s");
    }

    [Fact]
    public async Task Children_are_told_to_end_and_have_ended_when_the_supervisor_is_gone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The child is a POSIX shell.");
        var display = new Recorder();
        var supervisor = new Supervisor([Shell("trap 'echo goodbye; exit 0' TERM; echo ready; while :; do sleep 0.05; done", [])], display, TimeProvider.System);
        supervisor.Start();
        await display.SeeAsync("ready");

        await supervisor.DisposeAsync();

        Assert.Equal(ChildState.Stopped, supervisor["shell"].State);
        Assert.Null(supervisor["shell"].Pid);
        await display.SeeAsync("goodbye");
        Assert.DoesNotContain(display.Seen, line => line.StartsWith("ended with exit code", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Control_characters_in_a_log_do_not_reach_the_terminal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The child is a POSIX shell.");
        var display = new Recorder();
        await using var supervisor = new Supervisor([Shell(@"printf 'a\033[2Jb\n'; sleep 300", [])], display, TimeProvider.System);
        supervisor.Start();
        await display.SeeAsync("a [2Jb");
    }

    [Fact]
    public void The_rest_after_a_crash_doubles_up_to_half_a_minute()
    {
        Assert.Equal([0.5, 1, 2, 4, 8, 16], Enumerable.Range(1, 6).Select(crash => Backoff.Rest(crash).TotalSeconds));
        Assert.All([7, 8, 100, int.MaxValue], crash => Assert.Equal(30, Backoff.Rest(crash).TotalSeconds));
    }

    private static ChildSpec Shell(string script, Dictionary<string, string> environment) => new("shell", ["sh", "-c", script])
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
                    return;
            }
        }
    }
}
