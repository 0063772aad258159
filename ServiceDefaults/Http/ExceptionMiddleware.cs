using Microsoft.AspNetCore.Http;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Turns exceptions into problems, in every environment alike. It stands at the edge and, once more, right before the endpoints: in
/// Development the framework's exception page stands between the two, and logs as a failure of the server whatever reaches it.
/// </summary>
internal sealed class ExceptionMiddleware(RequestDelegate next, ExceptionProblems problems)
{
    // Nobody reads this answer; the status is for the span and the log (nginx's "client closed request").
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted) { context.Response.StatusCode = ClientClosedRequest; }
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await problems.WriteAsync(context, exception);
        }
    }
}
