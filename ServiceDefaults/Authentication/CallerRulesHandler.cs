using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TraceDemo.ServiceDefaults.Authentication;

internal sealed class CallerRulesHandler : AuthorizationHandler<CallerRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, CallerRequirement requirement)
    {
        // Fail closed: no request, no caller or no rules is a refusal.
        if (context.Resource is not HttpContext http || Caller.Find(http) is not { } caller) { return Task.CompletedTask; }

        if (Check(http.GetEndpoint(), caller) is { } refusal)
        {
            http.Features.Set(refusal);
        }
        else
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Where no route fits, routing itself says so to whoever has a valid token: nothing (404), or an endpoint of its own that answers 405
    /// or 415. Every route of ours names its callers.
    /// </summary>
    private static Refusal? Check(Endpoint? endpoint, Caller caller) =>
        endpoint?.Metadata.GetMetadata<CallerRules>() is { } rules ? rules.Check(caller)
        : endpoint is RouteEndpoint ? CallerRules.NotAccepted
        : null;
}
