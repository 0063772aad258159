using TraceDemo.Standalone.Redis;

namespace TraceDemo.Standalone.Topology;

/// <summary>The configuration of each service, under the names Aspire would give it. The whole wiring of the system is in this file.</summary>
internal static class ServiceEnvironment
{
    public static IReadOnlyDictionary<string, string> Of(Service service, SystemPlan plan)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        AddCommon(environment, service, plan);
        if (service == Service.Identity)
            AddRealm(environment, plan);
        else
            AddIdentity(environment, service, plan);
        if (service != Service.Identity && plan.Redis is { } redis)
            AddRedis(environment, service, redis, plan.Secrets);
        if (service != Service.Identity && plan.Audit is { } audit)
            environment["Audit__File"] = Path.Combine(audit, $"{service.Name}.jsonl");
        if (service == Service.AgentService)
            AddAgents(environment, plan);
        if (service == Service.DocumentService && plan.Documents is { } documents)
            environment["Documents__Folder"] = documents;
        if (service == Service.Dashboard)
            AddReceiver(environment, plan);
        foreach (var (name, value) in plan.Extra)
            environment[name] = value;
        return environment;
    }

    /// <summary>What fills the placeholders of realms/tracedemo-realm.json, for DevIdentity and Keycloak alike.</summary>
    public static void AddRealm(Dictionary<string, string> environment, SystemPlan plan)
    {
        foreach (var client in RealmClients)
            environment[client.ToUpperInvariant().Replace('-', '_') + "_SECRET"] = plan.Secrets.Client(client);
        environment["DASHBOARD_URL"] = Service.Dashboard.Url(plan.Ports);
        environment["DASHBOARD_BACKCHANNEL_URL"] = Service.Dashboard.Url(plan.Ports);
        environment["GATEWAY_BACKCHANNEL_URL"] = Service.Gateway.Url(plan.Ports);
    }

    private static IEnumerable<string> RealmClients =>
        Service.Relying.Select(service => service.Name).Concat(Secrets.Agents.Select(agent => $"agent-{agent}"));

    private static void AddCommon(Dictionary<string, string> environment, Service service, SystemPlan plan)
    {
        environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        environment["ASPNETCORE_URLS"] = service.Url(plan.Ports);
        // The console is for people; what is exported stays complete.
        environment["Logging__Console__LogLevel__Microsoft.AspNetCore"] = "Warning";
        environment["Logging__Console__LogLevel__System.Net.Http"] = "Warning";
        // Peers not there yet at the start; what does not get well is seen as the state of the process.
        environment["Logging__Console__LogLevel__Microsoft.Extensions.Diagnostics.HealthChecks"] = "None";
        environment["Logging__Console__FormatterName"] = "simple";
        environment["Logging__Console__FormatterOptions__SingleLine"] = "true";
        environment["Logging__Console__FormatterOptions__ColorBehavior"] = "Disabled";
        environment["OTEL_SERVICE_NAME"] = service.Name;
        environment["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        environment["OTEL_BLRP_SCHEDULE_DELAY"] = "200";
        environment["Telemetry__PseudonymKey"] = plan.Secrets.PseudonymKey;
        environment["Dashboard__OtlpEndpoint"] = OtlpUrl(plan);
        environment["Dashboard__OtlpApiKey"] = plan.Secrets.OtlpKey(service.Name);
    }

    private static void AddIdentity(Dictionary<string, string> environment, Service service, SystemPlan plan)
    {
        environment["Identity__Authority"] = plan.Authority;
        environment["Identity__Provider"] = "keycloak";
        environment["Identity__ClientId"] = service.Name;
        environment["Identity__ClientSecret"] = plan.Secrets.Client(service.Name);
        foreach (var peer in CalledBy(service))
            environment[$"services__{peer.Name}__http__0"] = peer.Url(plan.Ports);
    }

    /// <summary>A service is told the addresses of those it calls, and shows them as its peers in /health.</summary>
    private static IReadOnlyList<Service> CalledBy(Service service) => service.Name switch
    {
        "dashboard" => [Service.Gateway],
        "gateway" => [Service.UserService, Service.AgentService, Service.DocumentService],
        "user-service" => [Service.AgentService, Service.DocumentService],
        "agent-service" => [Service.DocumentService],
        "document-service" => [Service.AgentService, Service.UserService],
        _ => [],
    };

    private static void AddRedis(Dictionary<string, string> environment, Service service, RedisShare redis, Secrets secrets)
    {
        environment["ConnectionStrings__redis"] = redis.ConnectionString(service.Name, secrets);
        environment["Redis__Prefix"] = redis.Prefix;
        environment["Redis__Key"] = redis.SealingKeys[service.Name];
    }

    private static void AddAgents(Dictionary<string, string> environment, SystemPlan plan)
    {
        foreach (var agent in Secrets.Agents)
        {
            environment[$"Agents__{agent}__ClientId"] = $"agent-{agent}";
            environment[$"Agents__{agent}__ClientSecret"] = plan.Secrets.Client($"agent-{agent}");
        }
    }

    private static void AddReceiver(Dictionary<string, string> environment, SystemPlan plan)
    {
        environment["Otlp__Url"] = OtlpUrl(plan);
        foreach (var sender in Service.Relying.Select(service => service.Name).Append(plan.ProviderName))
            environment[$"Otlp__Keys__{sender}"] = plan.Secrets.OtlpKey(sender);
    }

    internal static string OtlpUrl(SystemPlan plan) => $"http://127.0.0.1:{plan.Ports.Otlp}";
}
