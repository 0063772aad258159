using TraceDemo.Topology.Agents;
using TraceDemo.Topology.Realms;
using TraceDemo.Topology.Services;

namespace TraceDemo.Topology.Settings;

/// <summary>The wiring of the whole system: the settings of each process, in every run mode.</summary>
/// <param name="Agents">The agents.</param>
/// <param name="Provider">The name of the identity provider's process: <c>identity</c> or <c>keycloak</c>.</param>
/// <param name="HasRedis">Whether services share their state.</param>
public sealed record SystemSettings(AgentRoster Agents, string Provider, bool HasRedis)
{
    /// <summary>The settings of one service. The addresses of those it calls are in <see cref="Service.Calls"/>.</summary>
    public IEnumerable<Setting> Of(Service service) =>
    [
        .. Telemetry(service),
        .. service == Service.Identity ? Realm() : Identity(service),
        .. HasRedis && service != Service.Identity ? Redis(service) : [],
        .. service == Service.AgentService ? AgentClients() : [],
        .. service == Service.UserService ? AgentClientIds() : [],
        .. service == Service.Dashboard ? ReceiverKeys() : [],
    ];

    /// <summary>
    /// The settings of Keycloak. It ignores OTEL_EXPORTER_OTLP_…; with these its spans join our traces below <c>token_exchange</c>.
    /// JDBC spans are off: there are 45 for one exchange.
    /// </summary>
    public IEnumerable<Setting> OfKeycloak() =>
    [
        .. Realm(),
        Text("KC_TRACING_ENABLED", "true"),
        Text("KC_TRACING_JDBC_ENABLED", "false"),
        Text("KC_TRACING_PROTOCOL", "http/protobuf"),
        new("KC_TRACING_ENDPOINT", new SettingValue.Receiver()),
        Text("KC_TRACING_SAMPLER_TYPE", "parentbased_always_on"),
        Text("KC_TELEMETRY_SERVICE_NAME", Provider),
        Secret("KC_TELEMETRY_HEADER_X_OTLP_API_KEY", SecretNames.OtlpKey(Provider)),
    ];

    /// <summary>Fills the placeholders of the realm, for DevIdentity and Keycloak alike.</summary>
    public IEnumerable<Setting> Realm() =>
    [
        .. Service.Relying.Select(service => service.Name).Concat(Agents.Clients)
            .Select(client => Secret(RealmPlaceholders.Secret(client), SecretNames.Client(client))),
        new("DASHBOARD_URL", new SettingValue.PublicAddress(Service.Dashboard)),
        new("DASHBOARD_BACKCHANNEL_URL", new SettingValue.Address(Service.Dashboard)),
        new("GATEWAY_BACKCHANNEL_URL", new SettingValue.Address(Service.Gateway)),
    ];

    private static IEnumerable<Setting> Telemetry(Service service) =>
    [
        Text("OTEL_BSP_SCHEDULE_DELAY", "200"),
        Text("OTEL_BLRP_SCHEDULE_DELAY", "200"),
        Secret("Telemetry__PseudonymKey", SecretNames.PseudonymKey),
        new("Dashboard__OtlpEndpoint", new SettingValue.Receiver()),
        Secret("Dashboard__OtlpApiKey", SecretNames.OtlpKey(service.Name)),
    ];

    private static IEnumerable<Setting> Identity(Service service) =>
    [
        new("Identity__Authority", new SettingValue.Issuer()),
        Text("Identity__Provider", "keycloak"),
        Text("Identity__ClientId", service.Name),
        Secret("Identity__ClientSecret", SecretNames.Client(service.Name)),
    ];

    private static IEnumerable<Setting> Redis(Service service) =>
    [
        new("ConnectionStrings__redis", new SettingValue.RedisConnection(service)),
        new("Redis__Key", new SettingValue.RedisKey(service)),
    ];

    /// <summary>Agents use their own clients, never the service's.</summary>
    private IEnumerable<Setting> AgentClients() =>
        [.. AgentClientIds(),
            .. Agents.Agents.Select(agent => Secret($"Agents__{agent.Id}__ClientSecret", SecretNames.Client(agent.ClientId)))];

    private IEnumerable<Setting> AgentClientIds() => Agents.Agents.Select(agent => Text($"Agents__{agent.Id}__ClientId", agent.ClientId));

    private IEnumerable<Setting> ReceiverKeys() =>
        Service.Relying.Select(service => service.Name).Append(Provider)
            .Select(sender => Secret($"Otlp__Keys__{sender}", SecretNames.OtlpKey(sender)));

    private static Setting Text(string name, string value) => new(name, new SettingValue.Text(value));

    private static Setting Secret(string name, string secret) => new(name, new SettingValue.Secret(secret));
}
