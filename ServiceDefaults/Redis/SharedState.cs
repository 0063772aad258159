using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>
/// State that the replicas of one service share through Redis, encrypted for this service alone. It is registered only if Redis is
/// configured, so treat it as optional. No member throws, or takes longer than <c>Redis__CommandTimeout</c>; while Redis is unavailable,
/// each returns immediately without effect. An <em>area</em> is a constant of the code, in lower case with hyphens.
/// </summary>
public sealed class SharedState : IDisposable
{
    /// <summary>Larger content is neither written nor read.</summary>
    public const int MaxContentBytes = 256 * 1024;

    private const int MaxMembers = 50_000;
    private const int PageSize = 500;
    private const long MaxSetBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan MaxMessageAge = TimeSpan.FromMinutes(1);

    private readonly RedisConnection _connection;
    private readonly RedisMonitor _monitor;
    private readonly Rejections _rejections;
    private readonly TimeProvider _time;
    private readonly RedisEncryption _encryption;
    private readonly string _prefix;

    internal SharedState(RedisConnection connection, RedisMonitor monitor, Rejections rejections,
        IOptions<RedisOptions> options, TimeProvider time)
    {
        _connection = connection;
        _monitor = monitor;
        _rejections = rejections;
        _time = time;
        _encryption = new RedisEncryption(
            RedisOptions.Decode(options.Value.Key) ?? throw new InvalidOperationException("Redis__Key is missing."));
        _prefix = options.Value.OwnPrefix;
    }

    /// <summary>Reads one entry.</summary>
    /// <param name="area">The kind of entry.</param>
    /// <param name="id">The entry's id. It is stored as a keyed hash, so it may contain personal data.</param>
    public async Task<SharedContent> GetAsync(string area, string id)
    {
        var key = KeyOf(area, id);
        // By range, so that an oversized foreign value is not read completely.
        var reply = await _connection.AskAsync("GETRANGE", (RedisKey)key, 0, MaxContentBytes + RedisEncryption.Overhead);
        if (!reply.Answered)
        {
            return new(Foreign(reply, area), null);
        }

        return (byte[]?)reply.Result is { Length: > 0 } found ? new(true, Decrypt(area, key, found)) : new(true, null);
    }

    /// <summary>Writes one entry, replacing any existing one. False if it was not written.</summary>
    /// <param name="area">The kind of entry.</param>
    /// <param name="id">The entry's id; hashed.</param>
    /// <param name="content">The content; encrypted.</param>
    /// <param name="lifetime">The lifetime.</param>
    public async Task<bool> SetAsync(string area, string id, ReadOnlyMemory<byte> content, TimeSpan lifetime)
    {
        if (lifetime < TimeSpan.FromMilliseconds(1) || content.Length > MaxContentBytes)
        {
            return false;
        }

        var key = KeyOf(area, id);
        var value = _encryption.Encrypt(key, content.Span, _time.GetUtcNow() + lifetime);
        return (await _connection.AskAsync("SET", (RedisKey)key, value, "PX", (long)lifetime.TotalMilliseconds)).Answered;
    }

    /// <summary>Removes one entry. False if it is unknown whether it was removed.</summary>
    /// <param name="area">The kind of entry.</param>
    /// <param name="id">The entry's id; hashed.</param>
    public async Task<bool> DeleteAsync(string area, string id) => (await _connection.AskAsync("DEL", (RedisKey)KeyOf(area, id))).Answered;

    /// <summary>
    /// Acquires a lock that one replica at a time can hold: true for its holder, until it deletes the entry or the lifetime
    /// ends; false for any other; null if Redis is unavailable.
    /// </summary>
    /// <param name="area">The kind of entry.</param>
    /// <param name="id">The entry's id; hashed.</param>
    /// <param name="lifetime">Longer than the protected work takes.</param>
    public async Task<bool?> ClaimAsync(string area, string id, TimeSpan lifetime)
    {
        var key = KeyOf(area, id);
        var value = _encryption.Encrypt(key, [], _time.GetUtcNow() + lifetime);
        var reply = await _connection.AskAsync("SET", (RedisKey)key, value, "NX", "PX", (long)lifetime.TotalMilliseconds);
        return reply.Answered ? !reply.Result!.IsNull : null;
    }

    /// <summary>Adds one member to the area's set. False if it was not added.
    /// <see cref="CondenseAsync"/> limits the size of the set.</summary>
    /// <param name="area">The set; nothing else may use the area.</param>
    /// <param name="content">The member; encrypted.</param>
    /// <param name="lifetime">The lifetime.</param>
    public async Task<bool> AddAsync(string area, ReadOnlyMemory<byte> content, TimeSpan lifetime)
    {
        if (content.Length > MaxContentBytes)
        {
            return false;
        }

        var (key, expires) = (_prefix + area, _time.GetUtcNow() + lifetime);
        var added = await _connection.AskAsync(
            "ZADD", (RedisKey)key, expires.ToUnixTimeMilliseconds(), _encryption.Encrypt(key, content.Span, expires));
        if (Foreign(added, area))
        {
            await _connection.AskAsync("DEL", (RedisKey)key);
        }
        if (!added.Answered)
        {
            return false;
        }

        await _connection.AskAsync("ZREMRANGEBYSCORE", (RedisKey)key, "-inf", _time.GetUtcNow().ToUnixTimeMilliseconds());
        return true;
    }

    /// <summary>
    /// If the area's set has more than 50 000 members, replaces the quarter that expires first by one member that represents them.
    /// False if it is unknown whether this is needed, or if it failed.
    /// </summary>
    /// <param name="area">The set.</param>
    /// <param name="summary">Creates the member that represents all members that expire by this time.</param>
    /// <param name="lifetime">The lifetime of the new member.</param>
    public async Task<bool> CondenseAsync(string area, Func<DateTimeOffset, byte[]> summary, TimeSpan lifetime)
    {
        RedisKey key = _prefix + area;
        var size = await _connection.AskAsync("ZCARD", key);
        if (size.Result is not { } counted)
        {
            return false;
        }

        var count = (long)counted;
        if (count <= MaxMembers)
        {
            return true;
        }

        var last = await _connection.AskAsync(
            "ZRANGEBYSCORE", key, "-inf", "+inf", "WITHSCORES", "LIMIT", count - (MaxMembers * 3 / 4) - 1, 1);
        if (!last.Answered || (string?[]?)last.Result is not [_, { } score]
            || !double.TryParse(score, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return false;
        }

        // Add the replacement first, and only then remove the members.
        // A foreign score may be any number.
        var now = _time.GetUtcNow();
        var until = DateTimeOffset.FromUnixTimeMilliseconds(
            (long)Math.Clamp(Math.Ceiling(milliseconds), 0, (now + (2 * lifetime)).ToUnixTimeMilliseconds()));
        var left = until.AddMilliseconds(1) - now;
        return await AddAsync(area, summary(until), left > lifetime ? left : lifetime)
            && (await _connection.AskAsync("ZREMRANGEBYSCORE", key, "-inf", score)).Answered;
    }

    /// <summary>The members of the area's set that have not expired, or null if Redis is unavailable.</summary>
    /// <param name="area">The set.</param>
    /// <param name="expiringFrom">Only members that expire from then on: those added
    /// since the last read, if all have the same lifetime.</param>
    public async Task<IReadOnlyList<byte[]>?> ReadAllAsync(string area, DateTimeOffset expiringFrom = default)
    {
        var name = _prefix + area;
        RedisKey key = name;
        // Members cannot be read by range, so the size is checked first; an oversized foreign set is removed.
        var size = await _connection.AskAsync("MEMORY", "USAGE", key, "SAMPLES", 0);
        if (size is { Result.IsNull: false } && (long)size.Result > MaxSetBytes)
        {
            _rejections.Count(area);
            await _connection.AskAsync("DEL", key);
            return [];
        }

        List<byte[]> members = [];
        var now = _time.GetUtcNow();
        var from = (expiringFrom > now ? expiringFrom : now).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        for (var read = 0; read < 2 * MaxMembers; read += PageSize)
        {
            var page = await _connection.AskAsync("ZRANGEBYSCORE", key, from, "+inf", "LIMIT", read, PageSize);
            if (!page.Answered)
            {
                return Foreign(page, area) ? members : null;
            }

            var found = (byte[]?[]?)page.Result ?? [];
            members.AddRange(found.Select(member => Decrypt(area, name, member ?? [])).OfType<byte[]>());
            if (found.Length < PageSize)
            {
                break;
            }
        }

        return members;
    }

    /// <summary>Sends a message to all connected replicas of this service, including this one. False if it was not sent.</summary>
    /// <param name="area">The channel.</param>
    /// <param name="content">The message; encrypted.</param>
    public async Task<bool> PublishAsync(string area, ReadOnlyMemory<byte> content)
    {
        var channel = _prefix + area;
        var message = _encryption.Encrypt(AsMessage(channel), content.Span, _time.GetUtcNow() + MaxMessageAge);
        return (await _connection.AskAsync("PUBLISH", new RedisChannel(channel, RedisChannel.PatternMode.Literal), message)).Answered;
    }

    /// <summary>Receives messages of replicas and ignores forged ones. Call at startup.
    /// Messages can be lost: store important data in a set as well.</summary>
    /// <param name="area">The channel.</param>
    /// <param name="receive">Handles a message; must be brief and not throw.</param>
    public void Subscribe(string area, Action<byte[]> receive)
    {
        var channel = _prefix + area;
        _connection.Subscribe(channel, message =>
        {
            if (Decrypt(area, AsMessage(channel), message ?? []) is { } content)
            {
                receive(content);
            }
        });
    }

    /// <summary>Redis has become available, including the first time. A handler must be brief and not throw.</summary>
    public event Action? Connected
    {
        add => _monitor.Connected += value;
        remove => _monitor.Connected -= value;
    }

    /// <inheritdoc/>
    public void Dispose() => _encryption.Dispose();

    // An area may have both a channel and a set: a message copied into the set, or vice versa, must not be decryptable.
    private static string AsMessage(string channel) => $"message {channel}";

    private string KeyOf(string area, string id) => $"{_prefix}{area}:{_encryption.HashId(area, id)}";

    private byte[]? Decrypt(string area, string name, byte[] found)
    {
        if (found.Length > MaxContentBytes + RedisEncryption.Overhead
            || !_encryption.TryDecrypt(name, found, out var content, out var expires))
        {
            _rejections.Count(area);
            return null;
        }

        return expires > _time.GetUtcNow() ? content : null;
    }

    /// <summary>Counts data of another type: Redis responded, but not with usable data.</summary>
    private bool Foreign(RedisReply reply, string area)
    {
        var foreign = reply.Refusal == "WRONGTYPE";
        if (foreign)
        {
            _rejections.Count(area);
        }
        return foreign;
    }
}
