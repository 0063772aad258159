using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.Pages;

/// <summary>Content security headers of our pages: only their own resources are allowed.</summary>
internal sealed class SecurityHeaders(IOptions<IdentityOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        // A form of an ended session redirects to the provider's login page, which form-action would block.
        var provider = new Uri(options.Value.Authority).GetLeftPart(UriPartial.Authority);
        var policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + $"form-action 'self' {provider}; base-uri 'none'; frame-ancestors 'none'";
        app.Use((context, continuation) =>
        {
            // When the response starts: an exception handler clears headers that were set before.
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                if (headers.CacheControl.Count == 0)
                {
                    headers.CacheControl = "no-store";
                }
                return Task.CompletedTask;
            });
            return continuation(context);
        });
        next(app);
    };
}
