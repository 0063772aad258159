using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Plan;

/// <summary>The system's settings as variables of plain processes on this machine.</summary>
internal static class ServiceEnvironment
{
    public static IReadOnlyDictionary<string, string> Of(Service service, SystemPlan plan)
    {
        var environment = plan.EnvironmentOf(plan.Settings.Of(service));
        AddProcess(environment, service, plan);
        foreach (var peer in service.Calls)
        {
            environment[$"services__{peer.Name}__http__0"] = peer.Url(plan.Ports);
        }

        if (service == Service.Dashboard)
        {
            environment["Otlp__Url"] = plan.ReceiverUrl;
        }

        if (service != Service.Identity && plan.Redis is { } redis)
        {
            environment["Redis__Prefix"] = redis.Prefix;
        }

        if (service != Service.Identity && plan.Audit is { } audit)
        {
            environment["Audit__File"] = Path.Combine(audit, $"{service.Name}.jsonl");
        }

        if (service == Service.DocumentService && plan.Documents is { } documents)
        {
            environment["Documents__Folder"] = documents;
        }

        foreach (var (name, value) in plan.Extra)
        {
            environment[name] = value;
        }

        return environment;
    }

    private static void AddProcess(Dictionary<string, string> environment, Service service, SystemPlan plan)
    {
        environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        environment["ASPNETCORE_URLS"] = service.Url(plan.Ports);
        environment["OTEL_SERVICE_NAME"] = service.Name;
        // Console logs are for people and reduced; exported logs are complete.
        environment["Logging__Console__LogLevel__Microsoft.AspNetCore"] = "Warning";
        environment["Logging__Console__LogLevel__System.Net.Http"] = "Warning";
        // Peers may not be up yet at startup; a lasting fault is visible in the state of the process.
        environment["Logging__Console__LogLevel__Microsoft.Extensions.Diagnostics.HealthChecks"] = "None";
        environment["Logging__Console__FormatterName"] = "simple";
        environment["Logging__Console__FormatterOptions__SingleLine"] = "true";
        environment["Logging__Console__FormatterOptions__ColorBehavior"] = "Disabled";
    }
}
