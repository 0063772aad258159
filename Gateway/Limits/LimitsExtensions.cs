using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Gateway.Limits;

internal static class LimitsExtensions
{
    public static WebApplicationBuilder AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<LimitOptions, LimitOptionsValidator>().BindConfiguration(LimitOptions.Section);
        builder.Services.AddSingleton<RefusalSpans>();
        builder.Services.AddRateLimiter(limiter => limiter.OnRejected = ExplainAsync);
        builder.Services.AddOptions<RateLimiterOptions>()
            .Configure<IOptions<LimitOptions>>(
                (limiter, limits) => limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
                context => RateLimitPartition.GetTokenBucketLimiter(Sender(context), _ => Bucket(limits.Value))));
        return builder;
    }

    /// <summary>
    /// Limits by person, independent of the address: all people share the Dashboard's address. Only without a valid token does
    /// the address count.
    /// </summary>
    private static string Sender(HttpContext context) => Caller.Find(context) switch
    {
        null => $"address {ClientNetwork.Of(context.Connection.RemoteIpAddress)}",
        // A flood in a person's name, with their token, must not prevent them from ending their session. The first successful call
        // of the client that may end it is the last with a valid token.
        { } caller when context.Request.Path.Equals(SessionEnd.Path, StringComparison.OrdinalIgnoreCase) =>
            $"end {caller.Issuer} {caller.Subject} {caller.SessionId} {caller.Client}",
        { } caller => $"person {caller.Issuer} {caller.Subject}",
    };

    private static TokenBucketRateLimiterOptions Bucket(LimitOptions limits) => new()
    {
        TokenLimit = limits.Burst,
        TokensPerPeriod = Math.Max(1, limits.PerSecond / 10),
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(limits.PerSecond < 10 ? 1000.0 / limits.PerSecond : 100),
        QueueLimit = 0,
    };

    private static async ValueTask ExplainAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
                .ToString(CultureInfo.InvariantCulture);
        }

        rejected.HttpContext.RequestServices.GetRequiredService<RefusalSpans>().Limit(rejected.HttpContext);
        await Problem.WriteAsync(rejected.HttpContext, ReasonCode.RateLimited,
            "Too many requests; wait for the number of seconds in the header Retry-After.");
    }
}
