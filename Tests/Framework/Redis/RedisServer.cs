using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using TraceDemo.Standalone.Instance;
using TraceDemo.Topology.Redis;

namespace TraceDemo.Tests.Framework.Redis;

/// <summary>A real <c>redis-server</c> of a test's own, which it may freeze, kill, start again, fill and search.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    public const string Missing = "Install the package redis-server to run this test: there is none on the PATH.";

    private const string Administrator = "administrator";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly string[] Services = ["gateway", "user-service", "agent-service", "document-service", "dashboard"];

    private readonly string _folder = Directory.CreateTempSubdirectory("redis-").FullName;
    private readonly string _password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private Process _process = null!;

    private RedisServer()
    {
    }

    public int Port { get; } = FreePorts.NextPort();

    /// <summary>Speaks to it past every service, as who may do everything.</summary>
    public RedisTalk Talk => new(Port, Administrator, _password);

    public string Address => $"127.0.0.1:{Port}";

    private static string? Installed => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    private string UserFile => Path.Combine(_folder, "users.acl");

    public static bool IsInstalled => Installed is not null;

    /// <summary>Skips the test where there is none.</summary>
    /// <param name="open">Whether everybody may do everything, as in a Redis that nobody has set up.</param>
    public static async Task<RedisServer> StartAsync(bool open = false)
    {
        Assert.SkipWhen(Installed is null, Missing);
        var server = new RedisServer();
        List<string> users = [open ? "user default on nopass ~* &* +@all" : RedisAccess.DefaultUser,
            $"user {Administrator} on >{server._password} ~* &* +@all"];
        users.AddRange(Services.Select(service => RedisAccess.UserOf(service, server._password)));
        await File.WriteAllLinesAsync(server.UserFile, users);
        await server.RestartAsync();
        return server;
    }

    /// <summary>The service's own connection string.</summary>
    public string ConnectionOf(string service) => $"{Address},user={service},password={_password}";

    /// <summary>Connects as a service's own user.</summary>
    public RedisTalk TalkAs(string service) => new(Port, service, _password);

    /// <summary>The settings of one service. Patient, because a test of what is there must not fail on a slow machine.</summary>
    public void Configure(WebApplicationBuilder builder, string service, string? key, string timeout = "00:00:10")
    {
        builder.Configuration["ConnectionStrings:redis"] = ConnectionOf(service);
        builder.Configuration["Redis:Key"] = key;
        builder.Configuration["Redis:CommandTimeout"] = timeout;
    }

    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The number of times that a command was executed since the start.</summary>
    public async Task<long> CallsAsync(string command)
    {
        var start = $"cmdstat_{command}:calls=";
        var line = (await Talk.TextAsync("INFO", "commandstats")).Split("\r\n")
            .FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[start.Length..line.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }

    /// <summary>On the same port, empty.</summary>
    public async Task RestartAsync()
    {
        var start = new ProcessStartInfo(Installed!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir",
                _folder, "--aclfile", UserFile,
            },
        };
        _process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(StartTimeout);
        List<string> output = [];
        while (await _process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }

            output.Add(line);
        }

        throw new InvalidOperationException($"redis-server ended at its start:\n{string.Join('\n', output)}");
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Connections stay open, and nothing is answered.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
