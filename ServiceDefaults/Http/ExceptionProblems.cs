using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Says as a problem what an exception means. In Development it also takes the place of the framework's exception page, which would
/// show the request's headers, its token among them.
/// </summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler, IDeveloperPageExceptionFilter
{
    public Task HandleExceptionAsync(ErrorContext errorContext, Func<ErrorContext, Task> next) =>
        TryHandleAsync(errorContext.HttpContext, errorContext.Exception, errorContext.HttpContext.RequestAborted).AsTask();

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            // Nobody reads this answer; the status is for the span, the log and the audit (nginx's "client closed request").
            Expected(httpContext).StatusCode = ReasonCode.RequestAborted.Status;
            return true;
        }

        try
        {
            await WriteAsync(httpContext, exception);
        }
        // The audit may put another problem in the place of this one; the framework would go on with the exception that it began with.
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
                return WriteAsync(context, ReasonCode.RequestTooLarge, "The request's body is larger than this service takes.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                return WriteAsync(context, ReasonCode.UnsupportedMediaType, "Send the body as application/json.");
            case BadHttpRequestException { InnerException: JsonException json }:
                return WriteAsync(context, ReasonCode.RequestInvalid, $"The body is no valid request: {Member(json)} is wrong.",
                    Problem.Members(Member(json)));
            case BadHttpRequestException:
                return WriteAsync(context, ReasonCode.RequestInvalid, MalformedRequest.Detail(context));
            default:
                LogUnexpected(exception, exception.GetType().Name);
                return Problem.WriteAsync(context, ReasonCode.InternalError,
                    "Something went wrong here; the trace id finds it in the logs.");
        }
    }

    private static Task WriteAsync(
        HttpContext context, ReasonCode reason, string detail, IReadOnlyDictionary<string, object?>? extensions = null)
    {
        Expected(context);
        return Problem.WriteAsync(context, reason, detail, extensions);
    }

    /// <summary>What is no failure of this service leaves no exception to the server's span, only the endpoint.</summary>
    private static HttpResponse Expected(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>() is { } handled)
        {
            context.SetEndpoint(context.GetEndpoint() ?? handled.Endpoint);
            context.Features.Set<IExceptionHandlerFeature>(null);
        }

        return context.Response;
    }

    // A path such as "$.orderId"; never the value, which may be anything.
    private static string Member(JsonException exception) => exception.Path is { Length: > 2 } path ? path[2..] : "the JSON";

    [LoggerMessage(EventName = "request.failed", Level = LogLevel.Error, Message = "A request failed with {Type}")]
    private partial void LogUnexpected(Exception exception, string type);
}
