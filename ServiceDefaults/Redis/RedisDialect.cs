using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>How the client library of the default profile is told what both must
/// do; <c>RestrictedFeed/</c> has that of the older one.</summary>
internal static class RedisDialect
{
    /// <summary>The options in a connection string, and the command that shows whether Redis answers.</summary>
    public static (ConfigurationOptions Options, string[] Probe) Read(string address)
    {
        var options = ConfigurationOptions.Parse(address);
        // What was given up as lost must not be written after a reconnect.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        // CLIENT SETINFO is not among the commands that a service's user may send.
        options.SetClientLibrary = false;
        return (options, ["PING"]);
    }

    public static Task<ConnectionMultiplexer> ConnectAsync(ConfigurationOptions options) => ConnectionMultiplexer.ConnectAsync(options);
}
