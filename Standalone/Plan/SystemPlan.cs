using System.Diagnostics;
using TraceDemo.Standalone.Processes;
using TraceDemo.Topology.Agents;
using TraceDemo.Topology.Realms;
using TraceDemo.Topology.Services;
using TraceDemo.Topology.Settings;

namespace TraceDemo.Standalone.Plan;

/// <summary>What to run: the repository, the ports, and the real components to use.</summary>
internal sealed record SystemPlan(string Root, Ports Ports, Secrets Secrets)
{
    private readonly AgentRoster _agents = Agents(Root);

    /// <summary>A Keycloak home prepared by <see cref="KeycloakHome"/>; null for DevIdentity.</summary>
    public string? Keycloak { get; init; }

    /// <summary>Null to keep state in each process.</summary>
    public RedisShare? Redis { get; init; }

    /// <summary>The folder of documents; if null, document-service creates a copy at each
    /// of its starts, and leaves it behind when it crashes.</summary>
    public string? Documents { get; init; }

    /// <summary>The folder of the services' audit files; if null, the audit is in memory.</summary>
    public string? Audit { get; init; }

    /// <summary>The build of our services: Debug, or Release for measurements.</summary>
    public string Build { get; init; } = "Debug";

    /// <summary>Additional settings for all our services; used by tests.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Service> Services => Keycloak is null ? [Service.Identity, .. Service.Relying] : Service.Relying;

    /// <summary>The issuer, the same for people and services.</summary>
    public string Authority => $"http://localhost:{Ports.Identity}/realms/tracedemo";

    /// <summary>The address where the Dashboard receives telemetry.</summary>
    public string ReceiverUrl => $"http://127.0.0.1:{Ports.Otlp}";

    public SystemSettings Settings => new(_agents, ProviderName, Redis is not null);

    public string ProviderName => Keycloak is null ? Service.Identity.Name : "keycloak";

    public IReadOnlyList<ChildSpec> Children =>
        Keycloak is null ? [.. Services.Select(Child)] : [KeycloakHome.Child(this, Keycloak), .. Services.Select(Child)];

    /// <summary>Settings as variables, with their values for this system.</summary>
    public Dictionary<string, string> EnvironmentOf(IEnumerable<Setting> settings) =>
        settings.ToDictionary(setting => setting.Name, setting => Resolve(setting.Value), StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">A file of agents/ or realms/departments.json is invalid.</exception>
    private static AgentRoster Agents(string root)
    {
        // Each service reads the departments itself; an error is reported before any service is built.
        Departments.Load(root);
        return AgentRoster.Load(root);
    }

    private RedisShare Shared => Redis ?? throw new InvalidOperationException("Only a system with Redis has settings for it.");

    private string Resolve(SettingValue value) => value switch
    {
        SettingValue.Text text => text.Value,
        SettingValue.Secret secret => Secrets[secret.Name],
        SettingValue.Address address => address.Service.Url(Ports),
        SettingValue.PublicAddress address => address.Service.Url(Ports),
        SettingValue.Issuer => Authority,
        SettingValue.Receiver => ReceiverUrl,
        SettingValue.RedisConnection connection => Shared.ConnectionString(connection.Service.Name, Secrets),
        SettingValue.RedisKey key => Shared.SealingKeys[key.Service.Name],
        _ => throw new UnreachableException(),
    };

    private ChildSpec Child(Service service) => new(service.Name, [DotnetHost.Executable, service.Assembly(Root, Build)])
    {
        WorkingDirectory = service.Folder(Root),
        Environment = ServiceEnvironment.Of(service, this),
        Url = new Uri(service.Url(Ports)),
        Health = new Uri(service.Url(Ports) + "/health"),
    };
}
