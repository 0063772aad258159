using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>Client library settings of the default profile;
/// <c>RestrictedFeed/</c> has those of the older library.</summary>
internal static class RedisDialect
{
    /// <summary>The options of a connection string, and the probe command.</summary>
    public static (ConfigurationOptions Options, string[] Probe) Read(string address)
    {
        var options = ConfigurationOptions.Parse(address);
        // A command that was given up must not be sent after a reconnect.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        // CLIENT SETINFO is not among the commands that a service's user may send.
        options.SetClientLibrary = false;
        return (options, ["PING"]);
    }

    public static Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions options) => ConnectionMultiplexer.ConnectAsync(options);
}
