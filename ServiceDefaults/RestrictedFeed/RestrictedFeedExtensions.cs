using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace TraceDemo.ServiceDefaults.RestrictedFeed;

internal static class RestrictedFeedExtensions
{
    /// <summary>The warning at start, and what the older packages ask of the container.</summary>
    public static void AddRestrictedFeed(this IServiceCollection services)
    {
        services.AddHostedService<RestrictedFeedWarning>();
#pragma warning disable CS0618 // The bearer handler of .NET Core 3.1 asks for its clock by the name it had then; tokens are checked by TimeProvider all the same.
        services.AddSingleton<ISystemClock, SystemClock>();
#pragma warning restore CS0618
    }
}
