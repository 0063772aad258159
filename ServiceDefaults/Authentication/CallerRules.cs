using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>The list of callers that an endpoint accepts; any one is enough.</summary>
internal sealed record CallerRules(IReadOnlyList<CallerRule> Any)
{
    public static readonly Refusal NotAccepted =
        new(ReasonCode.CallerNotAccepted, "The client that sent this request (azp) is not among those this endpoint accepts.");

    /// <summary>Null when accepted, else why not. Among rules that name the client, the last one's answer counts as the explanation.</summary>
    public Refusal? Check(Caller caller)
    {
        var refusal = NotAccepted;
        foreach (var rule in Any)
        {
            // A rule for services on their own must not let a person's token pass, nor the other way round.
            if (!rule.Names(caller) || (rule.Clients.Count > 0 && !rule.Person && caller.IsPerson)) { continue; }
            if (rule.Check(caller) is not { } fault) { return null; }

            refusal = fault;
        }

        return refusal;
    }
}

/// <summary>Puts the rules on endpoints.</summary>
public static class CallerRulesExtensions
{
    /// <summary>
    /// Names who may call. Every endpoint needs this or <c>AllowAnonymous</c>: one with neither stops the start.
    /// </summary>
    /// <param name="endpoints">An endpoint or a group.</param>
    /// <param name="any">The callers, any of which is accepted.</param>
    public static TBuilder Accept<TBuilder>(this TBuilder endpoints, params CallerRule[] any)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new CallerRules(any)).RequireAuthorization();

    /// <summary>Asks for a token whose audiences are exactly this service and one more, which depends on the request.</summary>
    /// <param name="endpoint">An endpoint or a group.</param>
    /// <param name="alsoFor">The other audience, or null when there can be none, which refuses the request.</param>
    public static TBuilder WithSecondAudience<TBuilder>(this TBuilder endpoint, Func<HttpContext, ClientId?> alsoFor)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AudienceRule(alsoFor));
}

internal sealed class CallerRequirement : IAuthorizationRequirement;

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
    /// Where no route fits, routing itself says so to whoever has a valid token: nothing (404), or an endpoint of its own that answers 405 or
    /// 415. Every route of ours names its callers.
    /// </summary>
    private static Refusal? Check(Endpoint? endpoint, Caller caller) =>
        endpoint?.Metadata.GetMetadata<CallerRules>() is { } rules ? rules.Check(caller)
        : endpoint is RouteEndpoint ? CallerRules.NotAccepted
        : null;
}

/// <summary>Answers a refused request with its problem, in place of the scheme's empty 401 and 403.</summary>
internal sealed class RefusalWriter(AuditTrail audit) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var refusal = context.Features.Get<Refusal>() ?? Refusal.TokenMissing;
        // A request without a valid token is nobody's, and anybody could fill the audit with it.
        if (Caller.Find(context) is { } caller)
        {
            await audit.RecordAsync(AuditEntry.Of(caller, AuditActions.Request, $"{context.Request.Method} {context.Request.Path}", refusal.Reason));
        }

        await refusal.WriteAsync(context);
    }
}

internal static class EndpointCheck
{
    /// <summary>Stops the start when an endpoint names nobody: silence must never mean "everybody", and a list is easily forgotten.</summary>
    public static void EnsureEveryEndpointNamesItsCallers(IEnumerable<Endpoint> endpoints)
    {
        var open = endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<CallerRules>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? endpoint.DisplayName)
            .ToList();
        if (open.Count > 0)
        {
            throw new InvalidOperationException($"These endpoints do not name whom they accept: {string.Join(", ", open)}. Add .Accept(…) or .AllowAnonymous().");
        }
    }
}
