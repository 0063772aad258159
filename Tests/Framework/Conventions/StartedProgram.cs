using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TraceDemo.Topology;
using TraceDemo.Topology.Agents;

namespace TraceDemo.Tests.Framework.Conventions;

/// <summary>
/// A service run in this process by its own entry point, on a free port, with peers and provider that nobody listens for: enough to ask
/// what it is made of. The host tells of itself through the diagnostic source that design-time tools use.
/// </summary>
internal sealed class StartedProgram : IAsyncDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<StartedProgram?> Current = new();

    private readonly TaskCompletionSource<IHost> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Task _program;

    private StartedProgram(string project)
    {
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        Current.Value = this;
        _program = Task.Factory.StartNew(
            () => Run(project), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Current.Value = null;
    }

    public static async Task<StartedProgram> StartAsync(string project, CancellationToken cancellationToken)
    {
        var program = new StartedProgram(project);
        await await Task.WhenAny(program._started.Task, program._program).WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        return program;
    }

    public async Task<IReadOnlyList<RouteEndpoint>> EndpointsAsync() =>
        [.. (await _started.Task).Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async ValueTask DisposeAsync()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }

        var host = await _started.Task;
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await _program;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // Only the first host of this program: a service may have an inner one, and other tests have theirs.
        if (Current.Value != this || value is not { Key: "HostBuilt", Value: IHost host })
        {
            return;
        }

        Current.Value = null;
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => _started.TrySetResult(host));
    }

    public void OnError(Exception error) => _started.TrySetException(error);

    public void OnCompleted()
    {
        // Listeners live as long as the process.
    }

    private static void Run(string project)
    {
        string[] arguments =
        [
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--contentRoot={Path.Combine(Repository.Root, project)}",
            "--Logging:LogLevel:Default=None",
            "--Identity:Authority=http://127.0.0.1:1/realms/tracedemo", "--Identity:Provider=keycloak", "--Identity:ClientId=a-client",
            "--Identity:ClientSecret=a-secret",
            "--services:user-service:http:0=http://127.0.0.1:1", "--services:agent-service:http:0=http://127.0.0.1:1",
            "--services:document-service:http:0=http://127.0.0.1:1", "--services:gateway:http:0=http://127.0.0.1:1",
            "--Otlp:Url=http://127.0.0.1:0",
            .. AgentRoster.Load(Repository.Root).Agents.SelectMany(
                agent => (string[])[$"--Agents:{agent.Id}:ClientId={agent.ClientId}", $"--Agents:{agent.Id}:ClientSecret=a-secret"]),
        ];
        Assembly.Load($"TraceDemo.{project}").EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null);
    }
}
