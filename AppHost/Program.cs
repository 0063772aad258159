using Microsoft.Extensions.Configuration;
using TraceDemo.AppHost;
using TraceDemo.Topology;
using TraceDemo.Topology.Agents;
using TraceDemo.Topology.Services;
using TraceDemo.Topology.Settings;

var builder = DistributedApplication.CreateBuilder(args);
var deployed = builder.ExecutionContext.IsPublishMode;
var embedded = builder.Configuration.GetValue<bool>("EMBEDDED");
// Part of the issuer, so it stays the same across starts; Aspire assigns the other ports.
var keycloakPort = builder.Configuration.GetValue("KeycloakPort", Ports.Default.Identity);
if (embedded && deployed)
{
    throw new InvalidOperationException("EMBEDDED=true runs the development identity provider, which is never deployed.");
}

// Topology/ defines calls and settings; this file defines what runs them.
var settings = new SystemSettings(
    AgentRoster.Load(Repository.Root), Provider: embedded ? Service.Identity.Name : "keycloak", HasRedis: !embedded);
var system = new Wiring(builder, settings, new Secrets(builder));

// browser ─▶ dashboard ─▶ gateway ─▶ user-service ─▶ agent-service ─▶ document-service
var dashboard = system.Add<Projects.Dashboard>(Service.Dashboard);
var gateway = system.Add<Projects.Gateway>(Service.Gateway);
var userService = system.Add<Projects.UserService>(Service.UserService);
var agentService = system.Add<Projects.AgentService>(Service.AgentService);
var documentService = system.Add<Projects.DocumentService>(Service.DocumentService);

var identity = system.Identity = embedded
    ? system.ConnectProvider(builder.AddProject<Projects.DevIdentity>(Service.Identity.Name)).AsIdentity()
    : system.ConnectProvider(builder.AddKeycloak("keycloak", port: keycloakPort).WithImageTag("26.7.5")).Served(deployed);

// State that replicas share and that outlives them. Without a container runtime each process has its own.
if (!embedded)
{
    var redis = system.Redis = builder.AddRedis("redis").WithUsers(system.Secrets)
        // In this order: adding a volume sets its own default.
        .WithDataVolume(deployed ? "redis-data" : null).WithPersistence(TimeSpan.FromSeconds(30), keysChangedThreshold: 10);
    _ = deployed ? redis.Hardened() : redis.WithRedisInsight();
    // One address for both replicas, in development too: code that works on a single replica only fails early.
    gateway.WithReplicas(2);
}

system.Connect();
dashboard.WithReceiver(identity.Resource.Resource);
// It reads the registry at startup. The others call nothing before their first request, so there is no circular wait.
documentService.WaitFor(agentService);

if (deployed)
{
    builder.AddDeployTarget(system.Services);
    // The other two have local state: traces in memory, documents in files.
    userService.WithReplicas(2);
    agentService.WithReplicas(2);
    foreach (var service in system.Services)
    {
        service.Hardened();
    }

    dashboard.AtTheEdge().WithForwardedHeaders();
    gateway.AtTheEdge().WithKnownProxies();
}
else
{
    foreach (var service in system.Services)
    {
        service.WithAudit().AnyPort().WithHttpHealthCheck("/health", endpointName: "http");
    }

    dashboard.WithLink("Dashboard: sign in, try it, watch");
    foreach (var service in system.Services.Skip(1))
    {
        service.WithLink("health", "/health");
    }

    system.WithScenarios();
}

builder.Build().Run();
