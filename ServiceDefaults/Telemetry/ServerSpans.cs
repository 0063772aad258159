using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using static TraceDemo.ServiceDefaults.Telemetry.TelemetryNames;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>
/// Completes the framework's server span, which has only its creation-time attributes: status, route, error and name are known at the end.
/// Outermost, so that it sees the final response. Names follow OpenTelemetry's HTTP conventions.
/// </summary>
internal sealed class ServerSpans : IStartupFilter
{
    internal const string TraceIdHeader = "Trace-Id";
    private const int MaxUserAgent = 256;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(Observe);
        next(app);
    };

    private static Task Observe(HttpContext context, RequestDelegate next)
    {
        if (QuietRequests.Include(context.Request.Path))
        {
            if (context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
            {
                metrics.MetricsDisabled = true;
            }

            return next(context);
        }
        // Not Activity.Current: earlier middleware may have started its own.
        return context.Features.Get<IHttpActivityFeature>()?.Activity is { } span ? Complete(context, span, next) : next(context);
    }

    private static async Task Complete(HttpContext context, Activity span, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                var (response, traceId) = ((HttpResponse, string))state;
                response.Headers[TraceIdHeader] = traceId;
                return Task.CompletedTask;
            },
            (context.Response, span.TraceId.ToHexString()));
        try
        {
            await next(context);
            Describe(span, context, exception: null);
        }
        catch (Exception exception)
        {
            Describe(span, context, exception);
            throw;
        }
    }

    private static void Describe(Activity span, HttpContext context, Exception? exception)
    {
        if (!span.IsAllDataRequested)
        {
            return;
        }

        DescribeRequest(span, context.Request);
        var route = Route(context);
        if (route is not null)
        {
            span.SetTag(Server.Route, route);
        }

        span.DisplayName = Name(context, route);

        var status = Status(context, exception);
        span.SetTag(Server.StatusCode, status);
        var fault = exception ?? context.Features.Get<IExceptionHandlerFeature>()?.Error;
        // 4xx is the caller's error and leaves the server span Unset. After a success status the response may still have been aborted.
        if (status < StatusCodes.Status500InternalServerError
            && (status >= StatusCodes.Status400BadRequest || fault is null or BadHttpRequestException))
        {
            return;
        }

        span.SetStatus(ActivityStatusCode.Error);
        span.SetTag(Server.ErrorType, fault?.GetType().FullName ?? status.ToString(CultureInfo.InvariantCulture));
        if (fault is not null)
        {
            FaultRecord.AddTo(span, fault);
        }
    }

    internal static string NameOf(HttpContext context) => Name(context, Route(context));

    private static string Name(HttpContext context, string? route) => route is null
        ? Method(context.Request)
        : $"{Method(context.Request)} {route}";

    private static void DescribeRequest(Activity span, HttpRequest request)
    {
        span.SetTag(Server.ProtocolVersion, request.Protocol[(request.Protocol.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        if (request.Headers.UserAgent.ToString() is { Length: > 0 } userAgent)
        {
            span.SetTag(Server.UserAgent, userAgent.Truncate(MaxUserAgent));
        }
    }

    private static int Status(HttpContext context, Exception? exception)
    {
        if (context.RequestAborted.IsCancellationRequested && (exception is not null || !context.Response.HasStarted))
        {
            return StatusCodes.Status499ClientClosedRequest;
        }

        return exception is null || context.Response.HasStarted ? context.Response.StatusCode : StatusCodes.Status500InternalServerError;
    }

    private static string? Route(HttpContext context)
    {
        // The exception handler clears the endpoint; its feature keeps it.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return endpoint is RouteEndpoint { RoutePattern.RawText: { } text } ? text.StartsWith('/') ? text : $"/{text}" : null;
    }

    private static string Method(HttpRequest request) => HttpMethods.GetCanonicalizedValue(request.Method) switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" or "TRACE" or "CONNECT" => request.Method,
        _ => "HTTP",
    };
}
