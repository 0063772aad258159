using System.ComponentModel.DataAnnotations;

namespace TraceDemo.Gateway.Limits;

/// <summary>The rate limit of one sender. Section <c>Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>Average number of requests per second.</summary>
    [Range(1, 1_000_000)]
    public int PerSecond { get; set; } = 50;

    /// <summary>Number of requests at once, after a pause.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 200;
}
