using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Tells browsers to come by https only (RFC 6797), where people reach the system.</summary>
public static class StrictTransport
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(365);

    /// <summary>Sets for how long, and that it includes subdomains.</summary>
    /// <param name="services">The application's services.</param>
    public static IServiceCollection AddStrictTransport(this IServiceCollection services) =>
        services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (MaxAge, true));

    /// <summary>
    /// Outside Development, every answer to a request that came by https has the header. Behind a proxy, what the proxy says of the scheme
    /// must have been heard before.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="environment">Where it runs.</param>
    public static IApplicationBuilder UseStrictTransport(this IApplicationBuilder app, IHostEnvironment environment) =>
        environment.IsDevelopment() ? app : app.UseHsts();
}
