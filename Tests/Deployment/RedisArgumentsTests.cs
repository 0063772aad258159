using System.Diagnostics;
using System.Security.Cryptography;
using TraceDemo.ServiceDefaults.Redis;
using TraceDemo.Standalone.Instance;
using TraceDemo.Topology.Redis;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Deployment;

/// <summary>A redis-server started as the container starts it: by a shell, passwords in its environment.</summary>
public sealed class RedisArgumentsTests : IAsyncLifetime
{
    private static readonly string[] Services = [.. Service.Relying.Select(service => service.Name)];

    private readonly Dictionary<string, string> _passwords = Services.Append("default")
        .ToDictionary(name => name, _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
    private readonly int _port = FreePorts.NextPort();
    private Process? _shell;

    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        // The words before the users are those of AddRedis.
        var command =
            $"exec redis-server --requirepass $REDIS_PASSWORD --save 30 10 --port {_port} --bind 127.0.0.1 --dir {Path.GetTempPath()} "
            + $"{RedisArguments.UsersOf(Services)}";
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["REDIS_PASSWORD"] = _passwords["default"];
        foreach (var service in Services)
        {
            start.Environment[RedisArguments.PasswordVariable(service)] = _passwords[service];
        }

        _shell = Process.Start(start)!;
        while (await _shell.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_shell is null)
        {
            return;
        }

        if (!_shell.HasExited)
        {
            _shell.Kill();
        }

        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    [Fact]
    public async Task Each_service_has_a_user_with_access_to_its_own_part_only()
    {
        Assert.SkipWhen(_shell is null or { HasExited: true }, RedisServer.Missing);
        foreach (var service in Services)
        {
            var talk = new RedisTalk(_port, service, _passwords[service]);
            Assert.Equal("OK", await talk.TextAsync("SET", $"tracedemo:{service}:x", "mine"));
            foreach (var other in Services.Where(other => other != service))
            {
                Assert.StartsWith("-NOPERM", await talk.TextAsync("SET", $"tracedemo:{other}:x", "mine"), StringComparison.Ordinal);
                Assert.StartsWith("-NOPERM", await talk.TextAsync("PUBLISH", $"tracedemo:{other}:x", "mine"), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_Redis_user_has_a_password_and_is_expected()
    {
        Assert.SkipWhen(_shell is null or { HasExited: true }, RedisServer.Missing);
        var users = await new RedisTalk(_port, "default", _passwords["default"]).ListAsync("ACL", "LIST");

        Assert.Equal(Services.Append("default").Order(StringComparer.Ordinal),
            users.Select(user => user.Split(' ')[1]).Order(StringComparer.Ordinal));
        Assert.All(users, user => Assert.DoesNotContain("nopass", user, StringComparison.Ordinal));
    }

    [Fact]
    public void No_password_is_on_the_command_line() =>
        Assert.All(Services,
            service => Assert.Contains($"\">${RedisArguments.PasswordVariable(service)}\"", RedisArguments.UsersOf(Services),
                StringComparison.Ordinal));

    [Fact]
    public void The_generated_letters_and_digits_decode_to_a_key()
    {
        Assert.Contains("length: 42)}A\"", SourceFiles.Named("AppHost/Secrets.cs").Text, StringComparison.Ordinal);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(32, RedisOptions.Decode($"{RandomNumberGenerator.GetString("ABCXYZabcxyz0189", 42)}A")?.Length);
        }
    }
}
