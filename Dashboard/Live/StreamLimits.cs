using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.SignIn;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Dashboard.Live;

internal static class StreamLimits
{
    /// <summary>Pages that a browser opens at once, for example at its start, wait; a flood is rejected.</summary>
    public const int MostWaitingPages = 20;

    // A stream that ends frees its place, and most last only seconds.
    private const string RetryAfterSeconds = "5";

    public static void AddStreamLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = ExplainAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<StreamOptions>, People>((limiter, options, people) =>
            // The person's own limit first: a request that it rejects does not use the shared limit.
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                Limiter<LongResponse>(context => people.Viewer(context.User).Pseudonym, options.Value.PerPerson, waiting: 0),
                Limiter<LongResponse>(_ => "", options.Value.InAll, waiting: 0),
                Limiter<OneAtATimeAttribute>(context => people.Viewer(context.User).Pseudonym, most: 1, MostWaitingPages)));
    }

    public static PartitionedRateLimiter<HttpContext> Limiter<TMark>(Func<HttpContext, string> sharer, int most, int waiting)
        where TMark : class =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => context.GetEndpoint()?.Metadata.GetMetadata<TMark>() is null
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetConcurrencyLimiter(
                $"answer {sharer(context)}", _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = waiting }));

    private static async ValueTask ExplainAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        rejected.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        await Problem.WriteAsync(rejected.HttpContext, ReasonCode.RateLimited,
            "Too many traces are followed live, downloaded or opened at once; close some, or wait until they have ended.");
    }
}
