using Microsoft.AspNetCore.Http.Features;

namespace TraceDemo.Gateway.Limits;

/// <summary>
/// Rejects a body that is too large before any of it is forwarded, and before a token is exchanged for it. Without Content-Length,
/// the size is unknown: a chunked body (RFC 9112 §7.1) is read first, bounded by the server's limit.
/// </summary>
internal static class BodyLimit
{
    public static async Task EnforceAsync(HttpContext context, Func<Task> next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } maxBytes)
        {
            var request = context.Request;
            if (request.ContentLength > maxBytes)
            {
                throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
            }
            if (request.ContentLength is null && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            {
                await ReadAsync(request, (int)maxBytes);
            }
        }

        await next();
    }

    /// <summary>Kept in memory; the server throws if it grows too large.</summary>
    private static async Task ReadAsync(HttpRequest request, int maxBytes)
    {
        request.EnableBuffering(bufferThreshold: maxBytes, bufferLimit: maxBytes);
        await request.Body.CopyToAsync(Stream.Null, request.HttpContext.RequestAborted);
        request.Body.Position = 0;
    }
}
