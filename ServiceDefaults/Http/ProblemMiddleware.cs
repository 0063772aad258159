using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Turns whatever goes wrong below it into a problem: exceptions, and the framework's bare error statuses.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    // Nobody reads this answer; the status is for the span and the log (nginx's "client closed request").
    private const int ClientClosedRequest = 499;

    private const int MostHeaderBytes = 32 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            if (HeadersAreTooLarge(context.Request.Headers))
            {
                await Problem.WriteAsync(context, ReasonCode.HeadersTooLarge, "The request's headers are larger than 32 KiB.");
                return;
            }

            await next(context);
            await ExplainBareStatusAsync(context);
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

    private static bool HeadersAreTooLarge(IHeaderDictionary headers)
    {
        var bytes = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values) { bytes += name.Length + (value?.Length ?? 0) + 4; }
        }

        return bytes > MostHeaderBytes;
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

    private static async Task ExplainBareStatusAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted || response.ContentLength is not null || response.ContentType is not null) { return; }

        switch (response.StatusCode)
        {
            case StatusCodes.Status404NotFound:
                await Problem.WriteAsync(context, ReasonCode.NotFound, "There is nothing at this address.");
                break;
            case StatusCodes.Status405MethodNotAllowed:
                await Problem.WriteAsync(context, ReasonCode.MethodNotAllowed, "The address does not take this method; header Allow says which.");
                break;
            case StatusCodes.Status415UnsupportedMediaType:
                await Problem.WriteAsync(context, ReasonCode.UnsupportedMediaType, "Send the body as application/json.");
                break;
            case StatusCodes.Status400BadRequest:
                await Problem.WriteAsync(context, ReasonCode.RequestInvalid, "The request is malformed; see the README for what the endpoint takes.");
                break;
        }
    }

    // A path such as "$.documentId"; never the value, which may be anything.
    private static string Member(JsonException exception) => exception.Path is { Length: > 2 } path ? path[2..] : "the JSON";

    private static Dictionary<string, object?> Members(string member) => new(StringComparer.Ordinal) { ["members"] = new[] { member } };

    [LoggerMessage(EventName = "request.failed", Level = LogLevel.Error, Message = "A request failed with {Type}")]
    private partial void LogUnexpected(Exception exception, string type);
}
