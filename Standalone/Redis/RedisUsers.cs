using System.Security.Cryptography;
using System.Text;
using TraceDemo.Standalone.Plan;
using TraceDemo.Topology.Redis;
using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Redis;

/// <summary>
/// One Redis user for each service, which may touch that service's keys and channels only. They are there as long as the system is: a
/// Redis that restarts has forgotten them, so they are made again.
/// </summary>
internal sealed class RedisUsers(SystemPlan plan) : IAsyncDisposable
{
    private const string DeleteKeys = "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('UNLINK', key) end return 1";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private Task _keeping = Task.CompletedTask;

    /// <summary>Makes the users and keeps them; a sentence that says what to do when
    /// that cannot be. Without a Redis there is nothing to do.</summary>
    public async Task<string?> CreateAsync(CancellationToken stop)
    {
        if (plan.Redis is not { } redis)
        {
            return null;
        }

        try
        {
            var connection = await RespConnection.OpenAsync(redis.Address, stop);
            if (await MakeAsync(redis, connection, stop) is { } refusal)
            {
                connection.Dispose();
                return $"The Redis at {redis.Address} says \"{refusal}\". --redis needs Redis 6.2 or later, without a password and with "
                    + "the right to make users.";
            }

            _keeping = KeepAsync(redis, connection, _end.Token);
            return null;
        }
        catch (IOException failure)
        {
            return $"No Redis answers at {redis.Address} ({failure.Message}). Start one there, or leave out --redis: then state is kept "
                + "in memory.";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        if (plan.Redis is { } redis)
        {
            await RemoveAsync(redis);
        }
    }

    /// <summary>The whole rule in one command, so that no user is there half-made.
    /// Redis gets the password's hash, not the password.</summary>
    private IEnumerable<string> Rule(RedisShare redis, string service) =>
    [
        "ACL", "SETUSER", redis.User(service), "reset", "on",
        "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plan.Secrets.RedisPassword(service)))),
        $"~{redis.Prefix}:{service}:*", $"&{redis.Prefix}:{service}:*", .. RedisAccess.Commands,
    ];

    private async Task<string?> MakeAsync(RedisShare redis, RespConnection connection, CancellationToken stop)
    {
        // A Redis that wants a password takes no long command before it, and would only say so.
        foreach (var command in Service.Relying.Select(service => Rule(redis, service.Name)).Prepend(["PING"]))
        {
            if (await connection.SendAsync([.. command], stop) is ['-', .. var refusal])
            {
                return refusal;
            }
        }

        return null;
    }

    private async Task KeepAsync(RedisShare redis, RespConnection connection, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Interval);
        var current = connection;
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                current = await RenewAsync(redis, current, end);
            }
        }
        finally
        {
            current.Dispose();
        }
    }

    /// <summary>A connection that lives says that this is still the Redis in which the users were made.</summary>
    private async Task<RespConnection> RenewAsync(RedisShare redis, RespConnection connection, CancellationToken end)
    {
        try
        {
            await connection.SendAsync(["PING"], end);
            return connection;
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            connection.Dispose();
        }

        try
        {
            var next = await RespConnection.OpenAsync(redis.Address, end);
            if (await MakeAsync(redis, next, end) is null)
            {
                return next;
            }

            next.Dispose();
        }
        catch (IOException)
        {
            // Not back yet; the services say so.
        }

        // Tried again with the next tick, as this one is closed.
        return connection;
    }

    /// <summary>A Redis that is gone has no users left to remove.</summary>
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
