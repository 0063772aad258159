using System.ComponentModel.DataAnnotations;

namespace TraceDemo.Gateway.Limits;

/// <summary>How much one sender may ask for. Section <c>Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>Requests a second, on average.</summary>
    [Range(1, 1_000_000)]
    public int PerSecond { get; set; } = 50;

    /// <summary>Requests at once, after a pause.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 200;
}
