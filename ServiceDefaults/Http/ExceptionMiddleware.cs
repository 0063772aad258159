using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Turns exceptions into problems, in every environment alike. It stands at the edge and, once more, right before the endpoints: in
/// Development the framework's exception page stands between the two, and logs as a failure of the server whatever reaches it.
/// </summary>
internal sealed class ExceptionMiddleware(RequestDelegate next, ExceptionProblems problems)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads this answer; the status is for the span, the log and the audit (nginx's "client closed request").
            if (!context.Response.HasStarted) { context.Response.StatusCode = ReasonCode.RequestAborted.Status; }
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await problems.WriteAsync(context, exception);
        }
    }
}
