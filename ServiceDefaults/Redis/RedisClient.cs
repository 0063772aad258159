using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>Configures the client library.</summary>
internal sealed class RedisClient
{
    private const int ConnectMilliseconds = 2_000;

    private readonly ConfigurationOptions _options;
    private readonly string[] _probe;

    public RedisClient(string address, string service)
    {
        (_options, _probe) = RedisDialect.Read(address);
        _options.ClientName = service;
        // Connects to a Redis that becomes available later.
        _options.AbortOnConnectFail = false;
        _options.ConnectTimeout = ConnectMilliseconds;
        _options.ConnectRetry = 1;
        // Keys and channels of the library itself would be outside the service's prefix.
        _options.TieBreaker = "";
        _options.ConfigurationChannel = "";
        _options.CommandMap = CommandMap.Create(
            new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "CLUSTER", "CONFIG", "INFO" }, available: false);
    }

    public static bool Understands(string address)
    {
        try
        {
            return new RedisClient(address, "any")._options.EndPoints.Count > 0;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    public Task<ConnectionMultiplexer> ConnectAsync() => RedisDialect.ConnectAsync(_options.Clone());

    /// <summary>Sends a ping.</summary>
    public Task ProbeAsync(IDatabase database) => database.ExecuteAsync(_probe[0], [.. _probe.Skip(1)]);
}
