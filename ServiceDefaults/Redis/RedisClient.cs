using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>How the client library is set up.</summary>
internal sealed partial class RedisClient
{
    private const int ConnectMilliseconds = 2_000;

    private readonly ConfigurationOptions _options;
    private readonly string[] _probe = ["PING"];

    public RedisClient(string address, string service)
    {
        SignInByProbe(ref address, ref _probe);
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
        AnswerAtOnce(connection);
        return connection;
    }

    /// <summary>Asks for a sign of life.</summary>
    public Task ProbeAsync(IDatabase database) => database.ExecuteAsync(_probe[0], [.. _probe.Skip(1)]);

    /// <summary>For a client library that cannot sign in as a user of Redis' access control list; the current one can.</summary>
    static partial void SignInByProbe(ref string address, ref string[] probe);

    /// <summary>For a client library that hands on answers in their order; the current one does not.</summary>
    static partial void AnswerAtOnce(ConnectionMultiplexer connection);
}
