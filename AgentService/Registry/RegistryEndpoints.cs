using System.Diagnostics;
using Microsoft.Net.Http.Headers;
using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Health;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Registry;

internal static class RegistryEndpoints
{
    public static WebApplicationBuilder AddAgentRegistry(this WebApplicationBuilder builder)
    {
        var folder = builder.Configuration["Registry:Folder"] ?? "agents";
        builder.Services.AddSingleton(_ => new AgentRegistry(RegistryFolder.Read(Path.Combine(AppContext.BaseDirectory, folder))));
        builder.Services.AddSingleton<SharedRegistry>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SharedRegistry>());
        builder.Services.AddHealthChecks().AddCheck<RegistryCheck>("registry", tags: [HealthTags.Ready]);
        return builder;
    }

    public static void MapAgentRegistry(this IEndpointRouteBuilder app)
    {
        // Read now, so that an invalid registry prevents startup instead of failing the first request.
        _ = app.ServiceProvider.GetRequiredService<AgentRegistry>();

        var agents = app.MapGroup("/agents").AddEndpointFilter<StateIsKnown>().Refuses(AccessReasons.RegistryUnavailable);
        agents.MapGet("", All).Accept(Readers)
            .WithSummary("All agents of the registry.").Produces<RegisteredAgent[]>();
        agents.MapGet("/{id}", One).Accept(Readers)
            .WithSummary("One agent of the registry.").Produces<RegisteredAgent>().Refuses(AccessReasons.AgentNotFound);
        agents.MapPut("/{id}/state", SetStateAsync)
            .Accept(Callers.Person("gateway").WithScope("agents:write").InGroup(WellKnownGroups.Admin)).Audited()
            .WithSummary("Enables or disables an agent.").Produces<RegisteredAgent>().Refuses(AccessReasons.AgentNotFound);
    }

    private static CallerRule[] Readers =>
    [
        Callers.Person("gateway").WithScope("agents:read"),
        Callers.Service("user-service", "document-service").WithScope("agents:read"),
    ];

    /// <summary>With its entity tag; the framework answers 304 if the client has this version (RFC 9110 §13.1.2).</summary>
    private static IResult All(AgentRegistry registry, HttpResponse response)
    {
        var current = registry.Current;
        response.Headers.CacheControl = "no-cache";
        return Results.Bytes(current.Utf8Json, "application/json", entityTag: new EntityTagHeaderValue(current.ETag));
    }

    private static IResult One(AgentId id, AgentRegistry registry) =>
        registry.Find(id) is { } agent ? Results.Ok(agent) : NotFound(id);

    private static async Task<IResult> SetStateAsync(
        AgentId id, AgentStateChange change, Caller caller, AuditedRequest audited, SharedRegistry registry)
    {
        if (change.Enabled is not { } enabled)
        {
            return Problem.Result(ReasonCode.RequestInvalid, "Set 'enabled': {\"enabled\": true}.",
                Problem.Members("enabled"));
        }

        audited.SetAction(enabled ? AccessActions.AgentEnable : AccessActions.AgentDisable, id.Value);
        // Before the change: a change that cannot be audited is not made.
        if (!await audited.TryReserveAsync())
        {
            return Problem.Result(ReasonCode.AuditUnavailable, AuditedRequest.Unavailable);
        }

        var outcome = await registry.SetEnabledAsync(id, enabled, caller.Pseudonym);
        await audited.RecordAsync(outcome.Refusal, decision: null);
        return outcome switch
        {
            StateChange.Done(var agent) => Results.Ok(agent),
            StateChange.NotShared => Problem.Result(
                AccessReasons.RegistryUnavailable,
                "Redis is unavailable, so replicas cannot be synchronized: an agent can be disabled now, but not enabled."),
            StateChange.NoSuchAgent => NotFound(id),
            _ => throw new UnreachableException(),
        };
    }

    private static IResult NotFound(AgentId id) => Problem.Result(AccessReasons.AgentNotFound, AgentProblems.Unknown(id));

    private sealed class StateIsKnown(SharedRegistry registry) : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => registry.IsKnown
            ? next(context)
            : new(Problem.Result(AccessReasons.RegistryUnavailable,
                "Redis has not responded since this service started, so it is unknown which agents are disabled."));
    }
}
