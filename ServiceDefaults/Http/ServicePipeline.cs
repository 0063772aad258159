using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Total timeout, retry, breaker, timeout per attempt, from the outside in.</summary>
internal static class ServicePipeline
{
    public static readonly ResiliencePropertyKey<bool> Repeatable = new("TraceDemo.Repeatable");

    public static ResiliencePipeline<HttpResponseMessage> Build(IServiceProvider services, string client)
    {
        var options = services.GetRequiredService<IOptionsMonitor<ServiceClientOptions>>().Get(client);
        return new ResiliencePipelineBuilder<HttpResponseMessage>
        {
            TimeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System,
        }
            .AddTimeout(options.TotalTimeout)
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(50),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                // A POST may have been processed although the response was lost (RFC 9110 §9.2.2).
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Context.Properties.GetValue(Repeatable, false) && IsTransient(arguments.Outcome)),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = TimeSpan.FromSeconds(1),
                // Only failures of this service itself; a 502 of a healthy service is about one behind it.
                ShouldHandle = arguments =>
                    ValueTask.FromResult(arguments.Outcome.Exception is HttpRequestException or TimeoutRejectedException),
            })
            .AddTimeout(options.AttemptTimeout)
            .Build();
    }

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException } => true,
        { Result.StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout } => true,
        _ => false,
    };
}
