using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Turns exceptions of endpoints into problems, in every environment alike. It stands right before the endpoints, because in
/// Development the framework puts a page of its own, stack trace and all, around everything further out.
/// </summary>
internal sealed partial class ExceptionMiddleware(RequestDelegate next, ILogger<ExceptionMiddleware> logger)
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
            context.Response.Clear();
            await WriteAsync(context, exception);
        }
    }

    private Task WriteAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ProblemException problem:
                return Problem.WriteAsync(context, problem.Reason, problem.Message, problem.Extensions);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problem.WriteAsync(context, ReasonCode.RequestTooLarge, "The request's body is larger than this service takes.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                return Problem.WriteAsync(context, ReasonCode.UnsupportedMediaType, "Send the body as application/json.");
            case BadHttpRequestException { InnerException: JsonException json }:
                return Problem.WriteAsync(context, ReasonCode.RequestInvalid, $"The body is no valid request: {Member(json)} is wrong.", Members(Member(json)));
            case BadHttpRequestException:
                return Problem.WriteAsync(context, ReasonCode.RequestInvalid, "The request is malformed; see the README for what the endpoint takes.");
            default:
                LogUnexpected(exception, exception.GetType().Name);
                return Problem.WriteAsync(context, ReasonCode.InternalError, "Something went wrong here; the trace id finds it in the logs.");
        }
    }

    // A path such as "$.documentId"; never the value, which may be anything.
    private static string Member(JsonException exception) => exception.Path is { Length: > 2 } path ? path[2..] : "the JSON";

    private static Dictionary<string, object?> Members(string member) => new(StringComparer.Ordinal) { ["members"] = new[] { member } };

    [LoggerMessage(EventName = "request.failed", Level = LogLevel.Error, Message = "A request failed with {Type}")]
    private partial void LogUnexpected(Exception exception, string type);
}
