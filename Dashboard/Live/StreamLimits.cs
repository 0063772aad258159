using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Dashboard.Live;

/// <summary>Marks an endpoint whose answer takes long or is large, so that there may be few of them at a time.</summary>
internal sealed record LongAnswer;

internal static class StreamLimits
{
    // A stream that ends makes room, and most last for some seconds only.
    private const string RetryAfterSeconds = "5";

    public static void AddStreamLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = ExplainAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<StreamOptions>, People>((limiter, options, people) =>
            // The person's own limit first: who is refused by it takes no place of the others'.
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                Limiter(context => people.Viewer(context.User).Pseudonym, options.Value.PerPerson),
                Limiter(_ => "", options.Value.InAll)));
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(Func<HttpContext, string> sharer, int most) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => context.GetEndpoint()?.Metadata.GetMetadata<LongAnswer>() is null
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetConcurrencyLimiter($"answer {sharer(context)}", _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 }));

    private static async ValueTask ExplainAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        rejected.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        await Problem.WriteAsync(rejected.HttpContext, ReasonCode.RateLimited, "Too many traces are followed live or downloaded at once; close some, or wait until they have ended.");
    }
}
