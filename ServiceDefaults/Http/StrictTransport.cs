using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Tells browsers to use https only (RFC 6797), on the services that people reach.</summary>
public static class StrictTransport
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(365);

    /// <summary>Sets the duration and includes subdomains.</summary>
    /// <param name="services">The application's services.</param>
    public static IServiceCollection AddStrictTransport(this IServiceCollection services) =>
        services.AddHsts(hsts =>
        {
            hsts.MaxAge = MaxAge;
            hsts.IncludeSubDomains = true;
        });

    /// <summary>
    /// Outside Development, adds the header to every response to an https request. Behind a proxy, call this after the
    /// forwarded headers have been processed.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="environment">The environment.</param>
    public static IApplicationBuilder UseStrictTransport(this IApplicationBuilder app, IHostEnvironment environment) =>
        environment.IsDevelopment() ? app : app.UseHsts();
}
