using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Redis;
using TraceDemo.Tests.Framework.Hosts;

namespace TraceDemo.Tests.Framework.Redis;

/// <summary>One replica of a service, as far as it concerns Redis.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Replica(WebApplication app, LogLines logs)
    {
        _app = app;
        Logs = logs;
    }

    public LogLines Logs { get; }

    public SharedState State => _app.Services.GetRequiredService<SharedState>();

    public RedisConnection Connection => _app.Services.GetRequiredService<RedisConnection>();

    public bool HasState => _app.Services.GetService<SharedState>() is not null;

    /// <summary>Completes when Redis was there for the first time.</summary>
    public Task Connected => _connected.Task.WaitAsync(Timeout, TestContext.Current.CancellationToken);

    public static async Task<Replica> StartAsync(
        Action<WebApplicationBuilder> configure, TimeProvider? time = null, Action<SharedState>? before = null)
    {
        var logs = new LogLines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddHealthChecks();
        configure(builder);
        builder.AddRedis();
        var replica = new Replica(builder.Build(), logs);
        if (replica.HasState)
        {
            before?.Invoke(replica.State);
            replica.State.Connected += () => replica._connected.TrySetResult();
        }

        await replica._app.StartAsync(TestContext.Current.CancellationToken);
        return replica;
    }

    /// <summary>A replica of one service on this server, which is connected.</summary>
    public static async Task<Replica> ConnectAsync(
        RedisServer redis, string service, string key, TimeProvider? time = null, Action<SharedState>? before = null)
    {
        var replica = await StartAsync(builder => Configure(redis, builder, service, key), time, before);
        await replica.Connected;
        return replica;
    }

    public static void Configure(RedisServer redis, WebApplicationBuilder builder, string service, string? key,
        string timeout = "00:00:10")
    {
        builder.Configuration["Identity:ClientId"] = service;
        redis.Configure(builder, service, key, timeout);
    }

    public async Task<HealthReport> HealthAsync() =>
        await _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

    public async Task<string?> FaultAsync() => (await HealthAsync()).Entries["redis"].Description;

    public int Count(string logEvent) => Logs.Lines.Count(line => line.StartsWith(logEvent + " ", StringComparison.Ordinal));

    /// <summary>Completes when a service that was started elsewhere is connected.</summary>
    public static Task UntilConnectedAsync(IServiceProvider services) =>
        UntilAsync(() => Task.FromResult(services.GetRequiredService<RedisConnection>().IsUp));

    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await isSo())
        {
            await timer.WaitForNextTickAsync(timeout.Token);
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
