using System.Diagnostics;
using System.Diagnostics.Metrics;
using static TraceDemo.ServiceDefaults.Telemetry.TelemetryNames;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>The system's own source of spans and metrics. Labels have small, closed sets of values and never identify a person.</summary>
public static class Instrumentation
{
    private static readonly string? Version = typeof(Instrumentation).Assembly.GetName().Version?.ToString(3);

    /// <summary>Starts the spans of <see cref="TelemetryNames"/>.</summary>
    public static readonly ActivitySource Source = new(Scope, Version);

    /// <summary>The meter of the instruments below.</summary>
    public static readonly Meter Meter = new(Scope, Version);

    private static readonly Counter<long> TokenExchanges =
        Meter.CreateCounter<long>(Metrics.TokenExchanges, "{exchange}", "Token exchanges, cached ones included.");

    private static readonly Histogram<double> TokenExchangeDuration = Meter.CreateHistogram(
        Metrics.TokenExchangeDuration, "s", "Duration of token exchanges, cached ones included.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        });

    private static readonly Counter<long> JwtValidations =
        Meter.CreateCounter<long>(Metrics.JwtValidations, "{validation}", "Validations of bearer tokens.");

    private static readonly Counter<long> RedisRejected =
        Meter.CreateCounter<long>(Metrics.RedisRejected, "{entry}",
            "Redis entries and messages that could not be decrypted, were too large or of the wrong type.");

    private static readonly Counter<long> RevocationsCoarsened =
        Meter.CreateCounter<long>(Metrics.RevocationsCoarsened, "{time}",
            "Overflows of the revocation list, for one person or for everyone.");

    private static readonly Counter<long> SignOutsUnreported =
        Meter.CreateCounter<long>(Metrics.SignOutsUnreported, "{session}", "Ended sessions that could not be reported to a peer.");

    /// <summary>Counts one token exchange and records its duration.</summary>
    /// <param name="result"><c>ok</c> or the reason code of the refusal.</param>
    /// <param name="cache"><c>miss</c>, <c>hit</c>, <c>shared</c> or <c>redis</c>.</param>
    /// <param name="audience">The requested audience (or audiences, space separated), from configuration.</param>
    /// <param name="duration">From the call of the exchanger to its result.</param>
    public static void RecordTokenExchange(string result, string cache, string audience, TimeSpan duration)
    {
        var labels = new TagList { { Metrics.ResultLabel, result }, { Metrics.CacheLabel, cache }, { Metrics.AudienceLabel, audience } };
        TokenExchanges.Add(1, labels);
        TokenExchangeDuration.Record(duration.TotalSeconds, labels);
    }

    /// <summary>Counts one validation of a bearer token.</summary>
    /// <param name="result"><c>ok</c> or the reason code of the refusal.</param>
    public static void RecordJwtValidation(string result) =>
        JwtValidations.Add(1, new KeyValuePair<string, object?>(Metrics.ResultLabel, result));

    /// <summary>Counts an overflow of the revocation list, after which a cutoff
    /// replaces entries.</summary>
    /// <param name="affected"><c>person</c> or <c>everybody</c>.</param>
    public static void RecordRevocationsCoarsened(string affected) =>
        RevocationsCoarsened.Add(1, new KeyValuePair<string, object?>(Metrics.AffectedLabel, affected));

    /// <summary>Counts an ended session that could not be reported to a peer.</summary>
    /// <param name="peer"><c>gateway</c> or <c>provider</c>.</param>
    public static void RecordSignOutUnreported(string peer) =>
        SignOutsUnreported.Add(1, new KeyValuePair<string, object?>(Metrics.PeerLabel, peer));

    /// <summary>Counts one Redis entry or message that this service did not write, or that was changed.</summary>
    /// <param name="area">The claimed area of <see cref="Redis.SharedState"/>.</param>
    public static void RecordRedisRejected(string area) => RedisRejected.Add(1, new KeyValuePair<string, object?>(Metrics.AreaLabel, area));
}
