namespace TraceDemo.Gateway.TrustBoundary;

/// <summary>What a browser is told about every answer: an API's answers are data, for the one who asked.</summary>
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
