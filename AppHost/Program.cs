using Microsoft.Extensions.Configuration;
using TraceDemo.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var secrets = new Secrets(builder);
var deployed = builder.ExecutionContext.IsPublishMode;
var embedded = builder.Configuration.GetValue<bool>("EMBEDDED");
// Part of the issuer, so it stays the same from start to start; the other ports are Aspire's choice.
var keycloakPort = builder.Configuration.GetValue("KeycloakPort", 8080);
if (embedded && deployed)
    throw new InvalidOperationException("EMBEDDED=true runs the development identity provider, which is never deployed.");

// browser ─▶ dashboard ─▶ gateway ─▶ user-service ─▶ agent-service ─▶ document-service
var dashboard = builder.AddProject<Projects.Dashboard>("dashboard");
var gateway = builder.AddProject<Projects.Gateway>("gateway");
var userService = builder.AddProject<Projects.UserService>("user-service");
var agentService = builder.AddProject<Projects.AgentService>("agent-service");
var documentService = builder.AddProject<Projects.DocumentService>("document-service");
IReadOnlyList<IResourceBuilder<ProjectResource>> services = [dashboard, gateway, userService, agentService, documentService];

dashboard.Calls(gateway);
gateway.Calls(userService, agentService, documentService);
userService.Calls(agentService, documentService);
agentService.Calls(documentService);
// Back: for the registry of agents, and for the keys that transaction tokens are signed with.
documentService.Calls(agentService, userService);

var identity = embedded
    ? builder.AddProject<Projects.DevIdentity>("identity").WithRealm(secrets, dashboard, gateway).WithTelemetry(dashboard, secrets).AsIdentity()
    : builder.AddKeycloak("keycloak", port: keycloakPort)
        .WithImageTag("26.7.5")
        .WithRealm(secrets, dashboard, gateway)
        .WithTracing(dashboard, secrets)
        .Served(deployed);

foreach (var service in services)
    service.WithIdentity(identity, secrets).WithTelemetry(dashboard, secrets);

agentService.WithAgents(secrets);
dashboard.WithReceiver(secrets, senders: [.. services.Select(service => service.Resource), identity.Resource.Resource]);
// It asks for the registry at its start; the others ask for nothing before their first request, and nobody waits in a circle.
documentService.WaitFor(agentService);

// State that replicas share and that outlives them. Without a container runtime each process keeps its own.
if (!embedded)
{
    var redis = builder.AddRedis("redis").WithUsers(secrets, services)
        // In this order: a volume brings a default of its own.
        .WithDataVolume(deployed ? "redis-data" : null).WithPersistence(TimeSpan.FromSeconds(30), keysChangedThreshold: 10);
    foreach (var service in services)
        service.WithState(redis, secrets);
    if (deployed)
        redis.Hardened();
    else
        redis.WithRedisInsight();
    // One address in front of both, here too: what works on one replica only is to be noticed while developing.
    gateway.WithReplicas(2);
}

if (deployed)
{
    builder.AddDeployTarget(services);
    // The other two hold something of their own: traces in memory, documents in files.
    userService.WithReplicas(2);
    agentService.WithReplicas(2);
    foreach (var service in services)
        service.Hardened();
    dashboard.AtTheEdge().BelievesProxy();
    gateway.AtTheEdge().KnowsProxies();
}
else
{
    foreach (var service in services)
        service.WithAudit().AnyPort().WithHttpHealthCheck("/health", endpointName: "http");
    dashboard.WithLink("Dashboard: sign in, try it, watch").WithScenarios(identity, secrets, gateway, documentService);
    foreach (var service in services.Skip(1))
        service.WithLink("health", "/health");
}

builder.Build().Run();
