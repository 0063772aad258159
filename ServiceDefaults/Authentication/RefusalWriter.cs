using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Answers a refused request with its problem, in place of the scheme's empty 401 and 403.</summary>
internal sealed class RefusalWriter(RefusalNotice notice) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var refusal = context.Features.Get<Refusal>() ?? Refusal.TokenMissing;
        // A request without a valid token is nobody's, and anybody could fill the audit with it.
        if (Caller.Find(context) is { } caller) { await notice(context, caller, refusal.Reason); }

        await refusal.WriteAsync(context);
    }
}
