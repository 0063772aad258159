using System.Diagnostics;
using System.Globalization;

namespace TraceDemo.Standalone.Processes;

/// <summary>The supervisor's side of a guard: one run of one child.</summary>
internal sealed class GuardedProcess : IAsyncDisposable
{
    private readonly Process _guard;
    private readonly Action<string, bool> _onLine;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Process? _child;
    private int _openStreams = 2;

    private GuardedProcess(Process guard, Action<string, bool> onLine)
    {
        _guard = guard;
        _onLine = onLine;
    }

    /// <summary>The child's exit code, as soon as its guard has ended.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>Completed when the guard has reported the child's process id; the child may have written output before.</summary>
    public Task Announced => _announced.Task;

    /// <summary>Completed when every line has been forwarded; that may be after the exit.</summary>
    public Task OutputEnded => _outputEnded.Task;

    public int? Pid => _child?.Id;

    /// <summary>Resident memory in bytes; null before the child has started and after it has exited.</summary>
    public long? WorkingSet
    {
        get
        {
            try
            {
                _child?.Refresh();
                return _child?.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    public static GuardedProcess Start(ChildSpec spec, Action<string, bool> onLine)
    {
        var start = new ProcessStartInfo(DotnetHost.Executable, [DotnetHost.Self, "guard", "--", .. spec.Command])
        {
            WorkingDirectory = spec.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        var process = new GuardedProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, onLine);
        process.Start();
        return process;
    }

    private void Start()
    {
        _guard.OutputDataReceived += (_, line) => Read(line.Data, isError: false);
        _guard.ErrorDataReceived += (_, line) => Read(line.Data, isError: true);
        _guard.Exited += (_, _) => End();
        _guard.Start();
        _guard.BeginOutputReadLine();
        _guard.BeginErrorReadLine();
    }

    private void Read(string? line, bool isError)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _openStreams) == 0)
            {
                _outputEnded.TrySetResult();
            }

            return;
        }

        if (_child is null && line.StartsWith(Guard.Announcement, StringComparison.Ordinal))
        {
            _child = Find(int.Parse(line.AsSpan(Guard.Announcement.Length), CultureInfo.InvariantCulture));
            _announced.TrySetResult();
        }
        else
        {
            _onLine(Printable(line), isError);
        }
    }

    /// <summary>A control character in a log line could manipulate the terminal.</summary>
    private static string Printable(string line) =>
        line.Any(char.IsControl) ? string.Concat(line.Select(letter => char.IsControl(letter) ? ' ' : letter)) : line;

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

    private void End()
    {
        // A guard ends its child before itself; only a killed guard leaves it behind.
        if (_child is { HasExited: false } orphan)
        {
            orphan.Kill(entireProcessTree: true);
        }

        _exited.TrySetResult(_guard.ExitCode);
    }

    /// <summary>Ends the child as a crash would.</summary>
    public void Crash() => _child?.Kill();

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await Exited;
        _child?.Dispose();
        _guard.Dispose();
    }
}
