using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Plan;
using TraceDemo.Tests.Framework.Identity;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Framework.Processes;

/// <summary>The real services as processes, trusting a provider that makes any token a test asks for.</summary>
public sealed class ForgeableSystem : IAsyncLifetime
{
    private readonly CollectedOutput _output = new();
    private SystemInstance? _system;

    internal TestProvider Provider { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Provider = await TestProvider.StartAsync();
        var ports = FreePorts.Next();
        var held = new InstanceFolder(Repository.Root, ports).TryLock() ?? throw new InvalidOperationException("The free ports are taken.");
        var plan = new SystemPlan(Repository.Root, ports, new Secrets())
        {
            Extra = new Dictionary<string, string> { ["Identity__Authority"] = Provider.Issuer },
        };
        _system = SystemInstance.Start(plan, held, _output);
        await Task.WhenAll(Service.Relying.Select(service => _system.Supervisor[service.Name].Healthy)).WaitAsync(TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        await Provider.DisposeAsync();
        Http.Dispose();
    }

    internal Uri Address(Service service) => new(service.Url(_system!.Plan.Ports));
}
