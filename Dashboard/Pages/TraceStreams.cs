using TraceDemo.Dashboard.SignIn;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Pages;

/// <summary>A trace outside a page: while it grows, and raw.</summary>
internal static class TraceStreams
{
    public static void MapTraceStreams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/traces/{id}/live", (TraceId id, LiveFragments fragments, HttpContext context) =>
            TypedResults.ServerSentEvents(fragments.FollowAsync(id, context, context.RequestAborted)));
        routes.MapGet("/traces/{id}/raw", (TraceId id, TraceQuery traces, People people, HttpContext context) =>
            traces.Find(id, people.Viewer(context.User)) is { } trace ? Results.Bytes(OtlpJson.Write(trace), "application/json") : Results.NotFound());
    }
}
