using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>The outermost part of a service: refuses oversized headers with a
/// reason, and gives the framework's bare error statuses one.</summary>
internal sealed class RequestEdge(RequestDelegate next)
{
    private const int MostHeaderBytes = 32 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (HeadersAreTooLarge(context.Request.Headers))
        {
            await Problem.WriteAsync(context, ReasonCode.HeadersTooLarge, "The request's headers are larger than 32 KiB.");
            return;
        }

        await next(context);
        await ExplainBareStatusAsync(context);
    }

    private static bool HeadersAreTooLarge(IHeaderDictionary headers)
    {
        var bytes = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values) { bytes += name.Length + (value?.Length ?? 0) + 4; }
        }

        return bytes > MostHeaderBytes;
    }

    private static async Task ExplainBareStatusAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted || response.ContentLength is not null || response.ContentType is not null) { return; }

        var explanation = response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => (ReasonCode.RequestInvalid, MalformedRequest.Detail(context)),
            StatusCodes.Status404NotFound => (ReasonCode.NotFound, "There is nothing at this address."),
            StatusCodes.Status405MethodNotAllowed =>
                (ReasonCode.MethodNotAllowed, "The address does not take this method; header Allow says which."),
            StatusCodes.Status413PayloadTooLarge => (ReasonCode.RequestTooLarge, "The request's body is larger than this service takes."),
            StatusCodes.Status415UnsupportedMediaType => (ReasonCode.UnsupportedMediaType, "Send the body as application/json."),
            _ => ((ReasonCode, string)?)null,
        };
        if (explanation is var (reason, detail)) { await Problem.WriteAsync(context, reason, detail); }
    }
}
