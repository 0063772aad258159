using Microsoft.Extensions.DependencyInjection;

namespace TraceDemo.ServiceDefaults.RestrictedFeed;

internal static class RestrictedFeedExtensions
{
    public static void AddRestrictedFeed(this IServiceCollection services) => services.AddHostedService<RestrictedFeedNotice>();
}
