namespace TraceDemo.Gateway.TrustBoundary;

/// <summary>Security headers for every response: an API returns data to its caller only, never pages.</summary>
internal static class SecurityHeaders
{
    internal static Task AddTo(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
