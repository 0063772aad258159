using Microsoft.AspNetCore.Http.Features;

namespace TraceDemo.Gateway.Limits;

/// <summary>
/// Refuses a body that is too large before anything of it is sent on, and before a token is exchanged for it. What a body's header does
/// not say, its bytes must: one in chunks (RFC 9112 §7.1) is read first, which the server's limit keeps small.
/// </summary>
internal static class BodyLimit
{
    public static async Task EnforceAsync(HttpContext context, Func<Task> next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } most)
        {
            var request = context.Request;
            if (request.ContentLength > most)
            {
                throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
            }
            if (request.ContentLength is null && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            {
                await ReadAsync(request, (int)most);
            }
        }

        await next();
    }

    /// <summary>Kept in memory; the server throws where it grows too large.</summary>
    private static async Task ReadAsync(HttpRequest request, int most)
    {
        request.EnableBuffering(bufferThreshold: most, bufferLimit: most);
        await request.Body.CopyToAsync(Stream.Null, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
    }
}
