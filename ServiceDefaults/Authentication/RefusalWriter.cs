using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Answers a rejected request with its problem, instead of the scheme's empty 401 and 403.</summary>
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
        // A request without a valid token cannot be attributed, and anyone could flood the audit with such requests.
        if (Caller.Find(context) is { } caller)
        {
            await notice(context, caller, refusal.Reason);
        }

        await refusal.WriteAsync(context);
    }
}
