using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TraceDemo.Benchmarks.Bare;

/// <summary>Accepts OTLP and reads it, as a receiver must, and forgets it.</summary>
internal static class DiscardingSink
{
    public static void Map(WebApplication app) => app.MapPost("/v1/{signal}", async (HttpContext context) =>
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        // An empty Export…ServiceResponse: everything was taken.
        return Results.Bytes([], "application/x-protobuf");
    });
}
