using System.Diagnostics;
using System.Diagnostics.Metrics;
using static TraceDemo.ServiceDefaults.Telemetry.TelemetryNames;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>The system's own source of spans and metrics. Every label is from a closed, small set; none names a person.</summary>
public static class Instrumentation
{
    private static readonly string? Version = typeof(Instrumentation).Assembly.GetName().Version?.ToString(3);

    /// <summary>Starts the spans of <see cref="TelemetryNames"/>.</summary>
    public static readonly ActivitySource Source = new(Scope, Version);

    /// <summary>Owns the instruments below.</summary>
    public static readonly Meter Meter = new(Scope, Version);

    private static readonly Counter<long> TokenExchanges =
        Meter.CreateCounter<long>(Metrics.TokenExchanges, "{exchange}", "Token exchanges, those answered by a cache included.");

    private static readonly Histogram<double> TokenExchangeDuration = Meter.CreateHistogram(
        Metrics.TokenExchangeDuration, "s", "How long an exchange took, a cached one included.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        });

    private static readonly Counter<long> JwtValidations =
        Meter.CreateCounter<long>(Metrics.JwtValidations, "{validation}", "Validations of bearer tokens.");

    private static readonly Counter<long> RedisRejected =
        Meter.CreateCounter<long>(Metrics.RedisRejected, "{entry}",
            "Entries and messages of Redis that did not open, were too large or of another type.");

    private static readonly Counter<long> RevocationsCoarsened =
        Meter.CreateCounter<long>(Metrics.RevocationsCoarsened, "{time}",
            "How often the list of revocations became coarser, for one person or for everybody.");

    private static readonly Counter<long> SignOutsUntold =
        Meter.CreateCounter<long>(Metrics.SignOutsUntold, "{session}", "Sessions whose end a peer was not told.");

    /// <summary>Counts one token exchange and notes its duration.</summary>
    /// <param name="result"><c>ok</c> or the reason code of the refusal.</param>
    /// <param name="cache"><c>miss</c>, <c>hit</c>, <c>shared</c> or <c>redis</c>.</param>
    /// <param name="audience">The configured audience (or audiences, space separated) that was asked for.</param>
    /// <param name="duration">From the call of the exchanger to its answer.</param>
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

    /// <summary>Counts that the list of revocations had no room, so that from now on
    /// it refuses by the time of issue what it cannot name.</summary>
    /// <param name="affected"><c>person</c> or <c>everybody</c>.</param>
    public static void RecordRevocationsCoarsened(string affected) =>
        RevocationsCoarsened.Add(1, new KeyValuePair<string, object?>(Metrics.AffectedLabel, affected));

    /// <summary>Counts a session whose end a peer was not told, and will not be.</summary>
    /// <param name="peer"><c>gateway</c> or <c>provider</c>.</param>
    public static void RecordSignOutUntold(string peer) =>
        SignOutsUntold.Add(1, new KeyValuePair<string, object?>(Metrics.PeerLabel, peer));

    /// <summary>Counts one entry or message of Redis that was not this service's own, or was changed.</summary>
    /// <param name="area">What it claimed to be: an area of <see cref="Redis.SharedState"/>.</param>
    public static void RecordRedisRejected(string area) => RedisRejected.Add(1, new KeyValuePair<string, object?>(Metrics.AreaLabel, area));
}
