using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Gives the framework's errors a reason: the statuses it sets without a body, and the problem details it writes itself. The
/// framework's own writer would omit the body, and so the reason, if <c>Accept</c> does not include JSON.
/// </summary>
internal sealed class StatusProblems : IProblemDetailsWriter
{
    /// <summary>For the status code pages.</summary>
    public static Task ExplainAsync(StatusCodeContext context) =>
        Explanation(context.HttpContext, context.HttpContext.Response.StatusCode) is { } found
            ? Problem.WriteAsync(context.HttpContext, found.Reason, found.Detail)
            : Task.CompletedTask;

    public bool CanWrite(ProblemDetailsContext context) => Explanation(context) is not null;

    public ValueTask WriteAsync(ProblemDetailsContext context) =>
        Explanation(context) is { } found
            ? new(Problem.WriteAsync(
                context.HttpContext, found.Reason, context.ProblemDetails.Detail ?? found.Detail,
                context.ProblemDetails.Extensions.AsReadOnly()))
            : ValueTask.CompletedTask;

    private static (ReasonCode Reason, string Detail)? Explanation(ProblemDetailsContext context) =>
        Explanation(context.HttpContext, context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode);

    private static (ReasonCode Reason, string Detail)? Explanation(HttpContext context, int status) => status switch
    {
        StatusCodes.Status400BadRequest => (ReasonCode.RequestInvalid, MalformedRequest.Detail(context)),
        StatusCodes.Status404NotFound => (ReasonCode.NotFound, "This address does not exist."),
        StatusCodes.Status405MethodNotAllowed =>
            (ReasonCode.MethodNotAllowed, "The address does not support this method; see the header Allow."),
        StatusCodes.Status413PayloadTooLarge => (ReasonCode.RequestTooLarge, "The request body is too large for this service."),
        StatusCodes.Status415UnsupportedMediaType => (ReasonCode.UnsupportedMediaType, "Send the body as application/json."),
        _ => null,
    };
}
