using System.Security.Cryptography;
using System.Text;
using TraceDemo.Standalone.Plan;
using TraceDemo.Topology.Redis;
using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Redis;

/// <summary>
/// One Redis user for each service, limited to that service's keys and channels. They exist as long as the system runs: a
/// restarted Redis has lost them, so they are created again.
/// </summary>
internal sealed class RedisUsers(SystemPlan plan) : IAsyncDisposable
{
    private const string DeleteKeys = "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('UNLINK', key) end return 1";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _keeping = Task.CompletedTask;

    /// <summary>Creates and maintains the users; returns a sentence with the remedy
    /// on failure. Without Redis it does nothing.</summary>
    public async Task<string?> CreateAsync(CancellationToken cancellationToken)
    {
        if (plan.Redis is not { } redis)
        {
            return null;
        }

        try
        {
            var connection = await RespConnection.OpenAsync(redis.Address, cancellationToken);
            if (await MakeAsync(redis, connection, cancellationToken) is { } refusal)
            {
                connection.Dispose();
                return $"The Redis at {redis.Address} answers \"{refusal}\". --redis needs Redis 6.2 or later, without a password and with "
                    + "permission to create users.";
            }

            _keeping = KeepAsync(redis, connection, _stopping.Token);
            return null;
        }
        catch (IOException failure)
        {
            return $"Redis does not respond at {redis.Address} ({failure.Message}). Start it there, or omit --redis: then state is kept "
                + "in memory.";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        if (plan.Redis is { } redis)
        {
            await RemoveAsync(redis);
        }
    }

    /// <summary>The whole rule in one command, so that a user is never incomplete.
    /// Redis receives the password's hash, not the password.</summary>
    private IEnumerable<string> Rule(RedisShare redis, string service) =>
    [
        "ACL", "SETUSER", redis.User(service), "reset", "on",
        "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plan.Secrets.RedisPassword(service)))),
        $"~{redis.Prefix}:{service}:*", $"&{redis.Prefix}:{service}:*", .. RedisAccess.Commands,
    ];

    private async Task<string?> MakeAsync(RedisShare redis, RespConnection connection, CancellationToken cancellationToken)
    {
        // A Redis with a password rejects long commands before authentication with an unhelpful error.
        foreach (var command in Service.Relying.Select(service => Rule(redis, service.Name)).Prepend(["PING"]))
        {
            if (await connection.SendAsync([.. command], cancellationToken) is ['-', .. var refusal])
            {
                return refusal;
            }
        }

        return null;
    }

    private async Task KeepAsync(RedisShare redis, RespConnection connection, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        var current = connection;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                current = await RenewAsync(redis, current, cancellationToken);
            }
        }
        finally
        {
            current.Dispose();
        }
    }

    /// <summary>An open connection proves that this is still the Redis in which the users were created.</summary>
    private async Task<RespConnection> RenewAsync(RedisShare redis, RespConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(["PING"], cancellationToken);
            return connection;
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            connection.Dispose();
        }

        try
        {
            var next = await RespConnection.OpenAsync(redis.Address, cancellationToken);
            if (await MakeAsync(redis, next, cancellationToken) is null)
            {
                return next;
            }

            next.Dispose();
        }
        catch (IOException)
        {
            // Not back yet; the services report it.
        }

        // Retried at the next tick, because this connection is closed.
        return connection;
    }

    /// <summary>An unavailable Redis has no users to remove.</summary>
    private static async Task RemoveAsync(RedisShare redis)
    {
        try
        {
            using var connection = await RespConnection.OpenAsync(redis.Address, CancellationToken.None);
            await connection.SendAsync(["ACL", "DELUSER", .. Service.Relying.Select(service => redis.User(service.Name))],
                CancellationToken.None);
            if (redis.IsTemporary)
            {
                await connection.SendAsync(["EVAL", DeleteKeys, "0", $"{redis.Prefix}:*"], CancellationToken.None);
            }
        }
        catch (IOException)
        {
            // Nothing to do.
        }
    }
}
