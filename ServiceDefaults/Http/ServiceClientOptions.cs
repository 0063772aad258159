namespace TraceDemo.ServiceDefaults.Http;

/// <summary>How patient service clients are. Section <c>ServiceClients</c>.</summary>
public sealed class ServiceClientOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ServiceClients";

    /// <summary>The largest answer a client reads, in bytes.</summary>
    public const int LargestAnswer = 4 * 1024 * 1024;

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long all attempts together may take.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(12);
}
