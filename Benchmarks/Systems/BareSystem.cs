using TraceDemo.Benchmarks.Bare;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Processes;
using TraceDemo.Topology.Services;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>Processes of this program, started as Standalone starts services.</summary>
internal sealed class BareSystem : IAsyncDisposable
{
    private readonly Ports _ports = FreePorts.Next();
    private readonly ChildOutput _output = new();
    private readonly Supervisor _supervisor;

    private BareSystem(IReadOnlyList<BareProcess> processes, Uri? proxied, Uri? sink)
    {
        _supervisor = new Supervisor(processes.Select(process => Child(process, proxied, sink)), _output, TimeProvider.System);
    }

    /// <param name="processes">The processes to start.</param>
    /// <param name="proxied">The destination of the proxy; the bare user-service by default.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <param name="sink">The destination of the traced proxy's telemetry.</param>
    public static async Task<BareSystem> StartAsync(
        IReadOnlyList<BareProcess> processes, Uri? proxied, CancellationToken cancellationToken, Uri? sink = null)
    {
        var system = new BareSystem(processes, proxied, sink);
        system._supervisor.Start();
        await system._output.OrFailAsync(system._supervisor.WaitHealthyAsync(cancellationToken), cancellationToken);
        return system;
    }

    public Uri Address(BareProcess process, string path = "/") => new($"http://localhost:{Port(process)}{path}");

    public TimeSpan ProcessorTime() =>
        _supervisor.Children.Aggregate(TimeSpan.Zero, (sum, child) => sum + ProcessorTimes.Of(child.Pid!.Value));

    public ValueTask DisposeAsync() => _supervisor.DisposeAsync();

    private int Port(BareProcess process) => _ports.All[(int)process].Port;

    public MemoryUse Memory(BareProcess process) => MemoryUse.Of(_supervisor[NameOf(process)].Pid!.Value);

    private static string NameOf(BareProcess process) => $"bare {process}";

    private ChildSpec Child(BareProcess process, Uri? proxied, Uri? sink) =>
        new(NameOf(process), [DotnetHost.Executable, typeof(BareSystem).Assembly.Location, BareHost.Verb, $"{process}"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            Url = Address(process),
            Health = Address(process, "/health"),
            Environment = new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = $"http://localhost:{Port(process)}",
                ["Dashboard__OtlpEndpoint"] = sink?.AbsoluteUri ?? "",
                [BareHost.Next] = process switch
                {
                    BareProcess.Proxy or BareProcess.TracedProxy => (proxied ?? Address(BareProcess.UserService)).AbsoluteUri,
                    BareProcess.UserService => Address(BareProcess.AgentService).AbsoluteUri,
                    _ => Address(BareProcess.DocumentService).AbsoluteUri,
                },
            },
        };
}
