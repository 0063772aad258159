using TraceDemo.Dashboard.Live;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Pages;

/// <summary>The download of the visible part of a trace.</summary>
internal static class RawTraces
{
    public static void MapRawTraces(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/traces/{id}/raw", (TraceId id, TraceQuery traces, People people, HttpContext context) =>
            traces.Find(id, people.Viewer(context.User)) is { } trace
                ? Results.Stream(output => OtlpJson.WriteAsync(trace, output, context.RequestAborted),
                    "application/json", $"trace-{id}.json")
                : Results.NotFound())
            .WithMetadata(new LongResponse());
}
