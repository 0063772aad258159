using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Maps exceptions to problems. In Development it also replaces the framework's exception page, which would
/// show the request's headers, including its token.
/// </summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler, IDeveloperPageExceptionFilter
{
    public Task HandleExceptionAsync(ErrorContext errorContext, Func<ErrorContext, Task> next) =>
        TryHandleAsync(errorContext.HttpContext, errorContext.Exception, errorContext.HttpContext.RequestAborted).AsTask();

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            // No client receives this response; the status is for the span, the log and the audit (nginx's "client closed request").
            Expected(httpContext).StatusCode = ReasonCode.RequestAborted.Status;
            return true;
        }

        try
        {
            await WriteAsync(httpContext, exception);
        }
        // The audit may throw another problem; the framework would continue with the original exception.
        catch (ProblemException other) when (!httpContext.Response.HasStarted)
        {
            await WriteAsync(httpContext, other);
        }

        return true;
    }

    private Task WriteAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ProblemException problem:
                return WriteAsync(context, problem.Reason, problem.Message, problem.Extensions);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return WriteAsync(context, ReasonCode.RequestTooLarge, "The request body is too large for this service.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                return WriteAsync(context, ReasonCode.UnsupportedMediaType, "Send the body as application/json.");
            case BadHttpRequestException { InnerException: JsonException json }:
                return WriteAsync(context, ReasonCode.RequestInvalid, $"The body is not a valid request: {Member(json)} is invalid.",
                    Problem.Members(Member(json)));
            case BadHttpRequestException:
                return WriteAsync(context, ReasonCode.RequestInvalid, MalformedRequest.Detail(context));
            default:
                LogUnexpected(exception, exception.GetType().Name);
                return Problem.WriteAsync(context, ReasonCode.InternalError,
                    "An unexpected error occurred; find it in the logs by the trace id.");
        }
    }

    private static Task WriteAsync(
        HttpContext context, ReasonCode reason, string detail, IReadOnlyDictionary<string, object?>? extensions = null)
    {
        Expected(context);
        return Problem.WriteAsync(context, reason, detail, extensions);
    }

    /// <summary>For an expected failure, the server span gets the endpoint but no exception.</summary>
    private static HttpResponse Expected(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>() is { } handled)
        {
            context.SetEndpoint(context.GetEndpoint() ?? handled.Endpoint);
            context.Features.Set<IExceptionHandlerFeature>(null);
        }

        return context.Response;
    }

    // A path such as "$.orderId"; never the value, which is arbitrary input.
    private static string Member(JsonException exception) => exception.Path is { Length: > 2 } path ? path[2..] : "the JSON";

    [LoggerMessage(EventName = "request.failed", Level = LogLevel.Error, Message = "A request failed with {Type}")]
    private partial void LogUnexpected(Exception exception, string type);
}
