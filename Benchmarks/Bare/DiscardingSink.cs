using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TraceDemo.Benchmarks.Bare;

/// <summary>Accepts and reads OTLP, as a receiver must, and discards it.</summary>
internal static class DiscardingSink
{
    public static void Map(WebApplication app) => app.MapPost("/v1/{signal}", async (HttpContext context) =>
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        // An empty Export…ServiceResponse: everything was accepted.
        return Results.Bytes([], "application/x-protobuf");
    });
}
