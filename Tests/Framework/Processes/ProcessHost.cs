using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Plan;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Framework.Processes;

/// <summary>
/// The system as real processes on free ports. With KEYCLOAK_HOME set and
/// TRACEDEMO_PROVIDER=keycloak its identity provider is a real Keycloak.
/// </summary>
public sealed class ProcessHost : SystemHost
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(5);

    private readonly CollectedOutput _output;
    private readonly SystemInstance _system;

    private ProcessHost(SystemInstance system, CollectedOutput output)
    {
        _system = system;
        _output = output;
    }

    public override bool HasProxies => false;

    public override string Authority => _system.Plan.Authority;

    public override bool IsKeycloak => _system.Plan.Keycloak is not null;

    public override string ProviderName => _system.Plan.ProviderName;

    /// <summary>The value of <c>--port-base</c> for this system.</summary>
    public int PortBase => _system.Plan.Ports.Dashboard;

    /// <summary>The processes' output so far, line by line, each prefixed with the process' name.</summary>
    public override IReadOnlyCollection<string> Output => _output.Lines;

    /// <summary>Their output until all of them were healthy for the first time.</summary>
    public IReadOnlyCollection<string> OutputOfStart { get; private set; } = [];

    public static async Task<ProcessHost> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var ports = FreePorts.Next();
        var plan = new SystemPlan(Repository.Root, ports, new Secrets())
        {
            Keycloak = Environment.GetEnvironmentVariable("TRACEDEMO_PROVIDER") is "keycloak" ? KeycloakHomeOrFail() : null,
            Extra = settings,
        };
        var held = new InstanceFolder(Repository.Root, ports).TryLock() ?? throw new InvalidOperationException("The free ports are taken.");
        var output = new CollectedOutput();
        var host = new ProcessHost(SystemInstance.Start(plan, held, output), output);
        await host.HealthyAsync();
        host.OutputOfStart = [.. output.Lines];
        return host;
    }

    public override Uri Address(string service) => new(Service.Relying.Single(one => one.Name == service).Url(_system.Plan.Ports));

    public override string ClientSecret(string clientId) => _system.Plan.Secrets.Client(clientId);

    /// <summary>The process of a service, as the table of Standalone shows it.</summary>
    public int Pid(string name) =>
        _system.Supervisor[name].Pid ?? throw new InvalidOperationException($"{name} is not running.");

    /// <summary>Kills a process as a crash would and returns when its successor is healthy.</summary>
    public Task CrashAsync(string name) => _system.Supervisor[name].CrashAsync(TestContext.Current.CancellationToken);

    public override Task StopAsync(string name) => _system.Supervisor[name].StopAsync();

    public override async Task StartAgainAsync(string name)
    {
        _system.Supervisor[name].Start();
        await _system.Supervisor[name].Healthy.WaitAsync(WaitTimeout, TestContext.Current.CancellationToken);
    }

    public override ValueTask DisposeAsync() => _system.DisposeAsync();

    private async Task HealthyAsync()
    {
        try
        {
            await _system.Supervisor.WaitHealthyAsync(CancellationToken.None).WaitAsync(WaitTimeout);
        }
        catch (TimeoutException late)
        {
            var states = _system.Supervisor.Children.Select(child => $"{child.Spec.Name}: {child.State}");
            var report = string.Join('\n', [.. states, .. _output.Lines.TakeLast(60)]);
            await _system.DisposeAsync();
            throw new InvalidOperationException($"The system did not become healthy:\n{report}", late);
        }
    }

    private static string KeycloakHomeOrFail() =>
        Environment.GetEnvironmentVariable("KEYCLOAK_HOME") is { } folder && KeycloakHome.IsDistribution(folder)
            ? folder
            : throw new InvalidOperationException("TRACEDEMO_PROVIDER=keycloak needs KEYCLOAK_HOME to name a Keycloak distribution.");
}
