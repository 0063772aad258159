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
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IDeveloperPageExceptionFilter
{
    public Task HandleExceptionAsync(ErrorContext errorContext, Func<ErrorContext, Task> next) =>
        WriteAsync(errorContext.HttpContext, errorContext.Exception);

    public Task WriteAsync(HttpContext context, Exception exception)
    {
        context.Response.Clear();
        switch (exception)
        {
            case ProblemException problem:
                return Problem.WriteAsync(context, problem.Reason, problem.Message, problem.Extensions);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problem.WriteAsync(context, ReasonCode.RequestTooLarge, "The request's body is larger than this service takes.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                return Problem.WriteAsync(context, ReasonCode.UnsupportedMediaType, "Send the body as application/json.");
            case BadHttpRequestException { InnerException: JsonException json }:
                return Problem.WriteAsync(context, ReasonCode.RequestInvalid, $"The body is no valid request: {Member(json)} is wrong.",
                    Members(Member(json)));
            case BadHttpRequestException:
                return Problem.WriteAsync(context, ReasonCode.RequestInvalid, MalformedRequest.Detail(context));
            default:
                // The server's span has it from there.
                context.Features.Set<IExceptionHandlerFeature>(
                    new ExceptionHandlerFeature { Error = exception, Path = context.Request.Path, Endpoint = context.GetEndpoint() });
                LogUnexpected(exception, exception.GetType().Name);
                return Problem.WriteAsync(context, ReasonCode.InternalError,
                    "Something went wrong here; the trace id finds it in the logs.");
        }
    }

    // A path such as "$.documentId"; never the value, which may be anything.
    private static string Member(JsonException exception) => exception.Path is { Length: > 2 } path ? path[2..] : "the JSON";

    private static Dictionary<string, object?> Members(string member) => new(StringComparer.Ordinal) { ["members"] = new[] { member } };

    [LoggerMessage(EventName = "request.failed", Level = LogLevel.Error, Message = "A request failed with {Type}")]
    private partial void LogUnexpected(Exception exception, string type);
}
