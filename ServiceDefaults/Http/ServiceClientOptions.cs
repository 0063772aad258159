using System.ComponentModel.DataAnnotations;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// The timeouts of one service client: named options, by the client's name. Section <c>ServiceClients</c> applies to all clients,
/// <c>ServiceClients:stock</c> to those of one service.
/// </summary>
public sealed class ServiceClientOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ServiceClients";

    /// <summary>The largest response a client reads, in bytes.</summary>
    public const int MaxResponseBytes = 4 * 1024 * 1024;

    // Polly's own limits for a timeout.
    private const string MinTimeout = "00:00:00.010";
    private const string MaxTimeout = "1.00:00:00";

    /// <summary>The timeout of one attempt.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout)]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The timeout of all attempts together.</summary>
    [Range(typeof(TimeSpan), MinTimeout, MaxTimeout)]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(12);
}
