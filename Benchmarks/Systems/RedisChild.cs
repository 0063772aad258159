using System.Diagnostics;
using System.Globalization;
using TraceDemo.Standalone.Instance;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>A redis-server of our own, in memory only, on a free port, which can be frozen.</summary>
internal sealed class RedisChild : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private RedisChild(Process process, int port) => (_process, Address) = (process, $"127.0.0.1:{port}");

    public static bool IsInstalled => Executable is not null;

    public string Address { get; }

    public static async Task<RedisChild> StartAsync()
    {
        var port = FreePorts.NextPort();
        string[] options = ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "",
            "--appendonly", "no"];
        var process = Process.Start(new ProcessStartInfo(Executable!, options) { UseShellExecute = false, RedirectStandardOutput = true })!;
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (await process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new RedisChild(process, port);
            }
        }

        throw new InvalidOperationException("redis-server ended at its start.");
    }

    /// <summary>Connections stay open, and nothing is answered.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? Executable => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
