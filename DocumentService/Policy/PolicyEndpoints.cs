using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using TraceDemo.DocumentService.Access;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Registry;
using TraceDemo.ServiceDefaults.TransactionTokens;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy;

/// <summary>What would the policy say? For the person who asks; an administrator may name other departments.</summary>
internal sealed record WhatIfRequest([property: Required] DocumentId? DocumentId = null, AgentId? AgentId = null, string?[]? Departments = null);

internal sealed record WhatIfAnswer(bool WhatIf, AgentId? AgentId, DocumentId DocumentId, Decision Decision);

/// <summary>An agent's limits, for display.</summary>
internal sealed record AgentLimits(AgentId Id, ImmutableArray<string> Capabilities, Sensitivity Clearance, ImmutableArray<string> AllowedGroups);

internal static class PolicyEndpoints
{
    public static WebApplicationBuilder AddPolicy(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(PolicyOptions.Section).Get<PolicyOptions>() ?? new PolicyOptions();
        // Read now and not when first asked for: a service with a broken policy must not start.
        builder.Services.AddSingleton(PolicyData.Load(options.File));
        builder.Services.AddSingleton<AccessPolicy>();
        return builder;
    }

    public static void MapPolicy(this IEndpointRouteBuilder app)
    {
        var policy = app.MapGroup("/policy").Accept(Callers.Person("gateway").WithScope("documents:read"));
        policy.MapPost("/evaluate", Evaluate)
            .WithSummary("What the policy would say to the person, or to an agent on the person's behalf; nothing is read.").Produces<WhatIfAnswer>()
            .Refuses(ReasonCode.DocumentNotFound, ReasonCode.AgentNotFound, ReasonCode.AdminRequired);
        policy.MapGet("/matrix", Matrix)
            .WithSummary("What the policy would say of each agent and each document, for the person.").Produces<PolicyMatrix>()
            .Refuses(ReasonCode.AdminRequired, ReasonCode.RequestInvalid);
        policy.MapGet("/agents", (PolicyData data) => data.Agents.Select(agent => new AgentLimits(agent.Id, agent.Capabilities, agent.Clearance, agent.AllowedGroups)))
            .WithSummary("Each agent's limits: capabilities, clearance, and whose people may use it.");
    }

    private static IResult Evaluate(WhatIfRequest request, Caller caller, AccessPolicy policy, DocumentStore documents, RegistryView registry)
    {
        if (request.DocumentId is not { } id)
            return OutcomeAnswer.Invalid("documentId");
        var person = WhatIfPerson.Of(caller, request.Departments);
        if (person.Problem is not null)
            return person.Problem;
        var agent = request.AgentId is { } agentId ? policy.Data.Find(agentId) : null;
        if (request.AgentId is not null && agent is null)
            return Problem.Result(ReasonCode.AgentNotFound, "No policy names this agent; GET /api/policy/agents lists those there are.");
        var facts = person.Facts with { Delegation = agent is null ? null : new(agent, registry.StateOf(agent), GrantVerdict.Not("missing")) };
        // As with an access: the answer to a refused caller is the same whether or not the document exists.
        if (AccessPolicy.Refuse(facts) is not null)
            return Results.Ok(new WhatIfAnswer(true, request.AgentId, id, AccessPolicy.AboutCaller(policy.Explain(facts))));
        return documents.Find(id) is { } document
            ? Results.Ok(new WhatIfAnswer(true, request.AgentId, id, policy.Explain(facts with { Document = document })))
            : OutcomeAnswer.NotFound();
    }

    /// <param name="departments">For an administrator only: hypothetical ones, repeated or separated by commas.</param>
    private static IResult Matrix(string[]? departments, Caller caller, AccessPolicy policy, DocumentStore documents, RegistryView registry)
    {
        var named = departments is { Length: > 0 } ? departments.SelectMany(value => value.Split(',')).ToArray() : null;
        var person = WhatIfPerson.Of(caller, named);
        using var span = PolicySpans.WhatIf();
        return person.Problem ?? Results.Ok(PolicyMatrix.Of(policy, person.Facts, documents.All, registry.StateOf));
    }
}
