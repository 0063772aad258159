using Microsoft.Net.Http.Headers;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Registry;

internal static partial class RegistryEndpoints
{
    public static void AddAgentRegistry(this WebApplicationBuilder builder)
    {
        var file = builder.Configuration["Registry:File"] ?? "Registry/agents.json";
        builder.Services.AddSingleton(_ => new AgentRegistry(RegistryFile.Read(Path.Combine(AppContext.BaseDirectory, file))));
    }

    public static void MapAgentRegistry(this WebApplication app)
    {
        // Read now, so that a broken registry stops the start and not the first request.
        _ = app.Services.GetRequiredService<AgentRegistry>();

        var agents = app.MapGroup("/agents");
        agents.MapGet("", All).Accept(Readers);
        agents.MapGet("/{id}", One).Accept(Readers);
        agents.MapPut("/{id}/state", SetState)
            .Accept(Callers.Person("gateway").WithScope("agents:write").InGroup(Departments.Admin));
    }

    private static CallerRule[] Readers =>
    [
        Callers.Person("gateway").WithScope("agents:read"),
        Callers.Service("user-service", "document-service").WithScope("agents:read"),
    ];

    /// <summary>With its entity tag; the framework answers 304 when the reader has it already (RFC 9110 §13.1.2).</summary>
    private static IResult All(AgentRegistry registry, HttpResponse response)
    {
        var current = registry.Current;
        response.Headers.CacheControl = "no-cache";
        return Results.Bytes(current.Utf8Json, "application/json", entityTag: new EntityTagHeaderValue(current.ETag));
    }

    private static IResult One(AgentId id, AgentRegistry registry) =>
        registry.Find(id) is { } agent ? Results.Ok(agent) : NotFound(id);

    private static IResult SetState(AgentId id, AgentStateChange change, Caller caller, AgentRegistry registry, ILogger<AgentRegistry> logger)
    {
        if (change.Enabled is not { } enabled)
            return Problem.Result(ReasonCode.RequestInvalid, "Say whether the agent is to be enabled: {\"enabled\": true}.", Problem.Members("enabled"));
        if (registry.SetEnabled(id, enabled) is not { } agent)
            return NotFound(id);

        StateSet(logger, id.Value, enabled ? "enabled" : "disabled", caller.Pseudonym);
        return Results.Ok(agent);
    }

    private static IResult NotFound(AgentId id) => Problem.Result(ReasonCode.AgentNotFound, $"There is no agent '{id}'; GET /agents lists them.");

    [LoggerMessage(EventName = "agent.state_set", Level = LogLevel.Information, Message = "Agent {Agent} was {State} by {Person}")]
    private static partial void StateSet(ILogger logger, string agent, string state, string person);
}

internal sealed record AgentStateChange(bool? Enabled);
