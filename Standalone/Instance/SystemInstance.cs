using TraceDemo.Standalone.Plan;
using TraceDemo.Standalone.Processes;
using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Instance;

/// <summary>One running system: its children, its published state, and cleanup at shutdown.</summary>
internal sealed class SystemInstance : IAsyncDisposable
{
    private readonly InstanceFolder _folder;
    private readonly FileStream _lock;

    private SystemInstance(SystemPlan plan, InstanceFolder folder, FileStream held, ISystemDisplay display)
    {
        Plan = plan;
        _folder = folder;
        _lock = held;
        Supervisor = new Supervisor(plan.Children, display, TimeProvider.System);
    }

    public SystemPlan Plan { get; }

    public Supervisor Supervisor { get; }

    public InstanceState State => new(
        Environment.ProcessId,
        Service.Dashboard.Url(Plan.Ports),
        Service.Gateway.Url(Plan.Ports),
        Service.DocumentService.Url(Plan.Ports),
        Plan.Authority,
        Plan.Secrets.Client("agent-gpt4"));

    /// <summary>Starts every child at once, with the lock already held; the caller waits for their health.</summary>
    public static SystemInstance Start(SystemPlan plan, FileStream held, ISystemDisplay display)
    {
        var folder = new InstanceFolder(plan.Root, plan.Ports);
        if (plan.Keycloak is { } distribution)
        {
            plan = plan with { Keycloak = KeycloakHome.Prepare(distribution, Path.Combine(folder.Location, "keycloak"), plan.Root) };
        }

        plan =
            plan with { Documents = folder.CopyDocuments(Path.Combine(Service.DocumentService.Folder(plan.Root), "Documents", "store")) };
        // A folder that outlives the system was named before.
        plan = plan with { Audit = plan.Audit ?? Path.Combine(folder.Location, "audit") };
        Directory.CreateDirectory(plan.Audit);
        var instance = new SystemInstance(plan, folder, held, display);
        folder.Write(instance.State);
        instance.Supervisor.Start();
        return instance;
    }

    public async ValueTask DisposeAsync()
    {
        await Supervisor.DisposeAsync();
        _folder.Discard();
        await _lock.DisposeAsync();
    }
}
