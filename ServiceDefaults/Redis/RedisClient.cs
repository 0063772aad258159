using StackExchange.Redis;
#if RESTRICTED_FEED
using TraceDemo.ServiceDefaults.RestrictedFeed;
#endif

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>How the client library is set up, and the one thing in which its versions differ: signing in as a user of Redis' access control list.</summary>
internal sealed class RedisClient
{
    private const int ConnectMilliseconds = 2_000;

    private readonly ConfigurationOptions _options;
#if RESTRICTED_FEED
    private readonly RedisUser? _user;
#endif

    public RedisClient(string address, string service)
    {
#if RESTRICTED_FEED
        (address, _user) = RedisUser.Split(address);
#endif
        _options = ConfigurationOptions.Parse(address);
        _options.ClientName = service;
        // A Redis that is not there yet is joined when it comes.
        _options.AbortOnConnectFail = false;
        _options.ConnectTimeout = ConnectMilliseconds;
        _options.ConnectRetry = 1;
        // Keys and channels of the library's own would lie outside the service's prefix.
        _options.TieBreaker = "";
        _options.ConfigurationChannel = "";
        _options.CommandMap = CommandMap.Create(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "CLUSTER", "CONFIG", "INFO" }, available: false);
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

    public async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(_options.Clone());
#if RESTRICTED_FEED
        RedisUser.Relax(connection);
#endif
        return connection;
    }

    /// <summary>Asks for a sign of life.</summary>
    public Task ProbeAsync(IDatabase database) =>
#if RESTRICTED_FEED
        _user is not null ? _user.AuthenticateAsync(database) :
#endif
        database.ExecuteAsync("PING");
}
