using System.Diagnostics;
using TraceDemo.Topology.Services;
using TraceDemo.Topology.Settings;

namespace TraceDemo.AppHost;

/// <summary>The system's settings (Topology/Settings) as environment variables of the model's resources.</summary>
internal sealed class Wiring(IDistributedApplicationBuilder builder, SystemSettings settings, Secrets secrets)
{
    private readonly Dictionary<string, IResourceBuilder<ProjectResource>> _services = new(StringComparer.Ordinal);

    public Secrets Secrets => secrets;

    /// <summary>The services, in the order of the chain.</summary>
    public IReadOnlyList<IResourceBuilder<ProjectResource>> Services => [.. Service.Relying.Select(service => this[service])];

    /// <summary>Set this before services are connected.</summary>
    public Identity? Identity { get; set; }

    /// <summary>Set this before services are connected, if the system has one.</summary>
    public IResourceBuilder<RedisResource>? Redis { get; set; }

    public IResourceBuilder<ProjectResource> this[Service service] => _services[service.Name];

    public IResourceBuilder<ProjectResource> Add<T>(Service service)
        where T : IProjectMetadata, new() => _services[service.Name] = builder.AddProject<T>(service.Name);

    /// <summary>Passes each service its settings, and the addresses of the services it calls, as <c>services__name__http__0</c>.</summary>
    public void Connect()
    {
        foreach (var service in Service.Relying)
        {
            foreach (var called in service.Calls)
            {
                this[service].WithReference(this[called].Http());
            }

            Set(this[service], settings.Of(service)).WithIdentity(Identity!).WithRedactedQueries();
            if (Redis is { } redis)
            {
                this[service].WaitFor(redis).WithReferenceRelationship(redis);
            }
        }
    }

    public IResourceBuilder<ProjectResource> ConnectProvider(IResourceBuilder<ProjectResource> developmentProvider) =>
        Set(developmentProvider, settings.Of(Service.Identity));

    public IResourceBuilder<KeycloakResource> ConnectProvider(IResourceBuilder<KeycloakResource> keycloak) =>
        Set(keycloak, settings.OfKeycloak());

    private IResourceBuilder<T> Set<T>(IResourceBuilder<T> resource, IEnumerable<Setting> settingsOfResource)
        where T : IResourceWithEnvironment => settingsOfResource.Aggregate(resource, Set);

    private IResourceBuilder<T> Set<T>(IResourceBuilder<T> resource, Setting setting)
        where T : IResourceWithEnvironment => setting.Value switch
        {
            SettingValue.Text text => resource.WithEnvironment(setting.Name, text.Value),
            SettingValue.Secret secret => resource.WithEnvironment(setting.Name, secrets[secret.Name]),
            SettingValue.Address address => resource.WithEnvironment(setting.Name, this[address.Service].Http()),
            SettingValue.PublicAddress address => resource.WithEnvironment(setting.Name, this[address.Service].PublicUrl()),
            SettingValue.Issuer => resource.WithEnvironment(setting.Name, Identity!.Issuer),
            SettingValue.Receiver => resource.WithEnvironment(setting.Name, this[Service.Dashboard].ReceiverUrl()),
            SettingValue.RedisConnection connection =>
                resource.WithEnvironment(setting.Name, Redis!.ConnectionOf(connection.Service, secrets)),
            SettingValue.RedisKey key => resource.WithEnvironment(setting.Name, secrets.RedisKey(key.Service.Name)),
            _ => throw new UnreachableException(),
        };
}
