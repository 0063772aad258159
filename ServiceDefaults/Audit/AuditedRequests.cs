using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Ensures that each request to an audited endpoint is recorded, including requests
/// that are malformed, rejected by a filter, failed or aborted.</summary>
internal sealed class AuditedRequests(RequestDelegate next, AuditTrail trail)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (Caller.Find(context) is not { } caller || !IsAudited(context.GetEndpoint()))
        {
            await next(context);
            return;
        }

        using var audited = new AuditedRequest(trail, caller, $"{context.Request.Method} {context.Request.Path}");
        context.Features.Set(audited);
        context.Features.Set(new ProblemNotice(reason => audited.RecordAsync(reason, decision: null)));
        await next(context);
        if (context.Response.StatusCode == ReasonCode.RequestAborted.Status)
        {
            await audited.RecordAsync(ReasonCode.RequestAborted, decision: null);
        }
    }

    /// <summary>Routing substitutes its own endpoints for ours to answer 405 and 415.</summary>
    private static bool IsAudited(Endpoint? endpoint) => endpoint is RouteEndpoint
        ? endpoint.Metadata.GetMetadata<AuditedEndpoint>() is not null : endpoint is not null;
}
