using System.ComponentModel.DataAnnotations;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// How patient one service client is: named options, by the client's name. Section <c>ServiceClients</c> is for all clients,
/// <c>ServiceClients:stock</c> for those of one service.
/// </summary>
public sealed class ServiceClientOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ServiceClients";

    /// <summary>The largest answer a client reads, in bytes.</summary>
    public const int LargestAnswer = 4 * 1024 * 1024;

    // Polly's own bounds of a timeout.
    private const string Shortest = "00:00:00.010";
    private const string Longest = "1.00:00:00";

    /// <summary>How long one attempt may take.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest, ErrorMessage = "ServiceClients__AttemptTimeout must be between 10 milliseconds and a day.")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long all attempts together may take.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest, ErrorMessage = "ServiceClients__TotalTimeout must be between 10 milliseconds and a day.")]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(12);
}
