using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TraceDemo.ServiceDefaults.Authentication;

internal sealed class CallerRulesHandler : AuthorizationHandler<CallerRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, CallerRequirement requirement)
    {
        // Fail closed: without a request, a caller or rules, access is denied.
        if (context.Resource is not HttpContext http || Caller.Find(http) is not { } caller)
        {
            return Task.CompletedTask;
        }

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
    /// If no route matches, routing answers callers with a valid token itself: 404, or an endpoint of its own with 405
    /// or 415. Each of our own routes names its callers.
    /// </summary>
    private static Refusal? Check(Endpoint? endpoint, Caller caller) =>
        endpoint?.Metadata.GetMetadata<CallerRules>() is { } rules ? rules.Check(caller)
        : endpoint is RouteEndpoint ? CallerRules.NotAccepted
        : null;
}
