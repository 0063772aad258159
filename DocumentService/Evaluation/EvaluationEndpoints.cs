using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.ApiDescription;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Evaluation;

internal static class EvaluationEndpoints
{
    public static WebApplicationBuilder AddEvaluation(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WhatIf>();
        return builder;
    }

    public static void MapEvaluation(this IEndpointRouteBuilder app)
    {
        var policy = app.MapGroup("/policy").Accept(Callers.Person("gateway").WithScope("documents:read"));
        policy.MapPost("/evaluate", (WhatIfRequest request, Caller caller, WhatIf whatIf) => whatIf.EvaluateAsync(request, caller))
            .WithSummary("The policy's decision for the person, or for an agent on the person's behalf, without reading the document.")
            .Produces<WhatIfResponse>()
            .Refuses(AccessReasons.DocumentNotFound, AccessReasons.AgentNotFound, ReasonCode.AdminRequired);
        policy.MapGet("/matrix", (string[]? departments, Caller caller, WhatIf whatIf) => whatIf.MatrixAsync(departments, caller))
            .WithSummary("The policy's decision for each agent and each document, for the person.").Produces<PolicyMatrix>()
            .Refuses(ReasonCode.AdminRequired, ReasonCode.RequestInvalid);
        policy.MapGet("/agents", (PolicyData data) =>
            data.Agents.Select(agent => new AgentLimits(agent.Id, agent.Capabilities, agent.Clearance, agent.AllowedGroups)))
            .WithSummary("Each agent's limits: capabilities, clearance and allowed groups.");
    }
}
