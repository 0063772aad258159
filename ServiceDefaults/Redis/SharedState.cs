using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace TraceDemo.ServiceDefaults.Redis;

/// <summary>
/// What the replicas of one service share through Redis, each sealed for this service alone. There only where Redis is configured, so
/// ask for it as something that may be missing. No member throws, or takes longer than <c>Redis__Patience</c>; while Redis is away each
/// answers at once that it did nothing. An <em>area</em> is a constant of the code, in lower case with hyphens.
/// </summary>
public sealed class SharedState : IDisposable
{
    /// <summary>More than this is neither written nor read.</summary>
    public const int LargestContent = 256 * 1024;

    private const int MostMembers = 50_000;
    private const int PageSize = 500;
    private const long LargestSet = 64 * 1024 * 1024;
    private static readonly TimeSpan LongestMessage = TimeSpan.FromMinutes(1);

    private readonly RedisConnection _connection;
    private readonly RedisPresence _presence;
    private readonly Rejections _rejections;
    private readonly TimeProvider _time;
    private readonly Seal _seal;
    private readonly string _prefix;

    internal SharedState(RedisConnection connection, RedisPresence presence, Rejections rejections,
        IOptions<RedisOptions> options, TimeProvider time)
    {
        (_connection, _presence, _rejections, _time) = (connection, presence, rejections, time);
        _seal = new Seal(RedisOptions.Decode(options.Value.Key) ?? throw new InvalidOperationException("Redis__Key is missing."));
        _prefix = options.Value.OwnPrefix;
    }

    /// <summary>Reads one entry.</summary>
    /// <param name="area">What kind of entry.</param>
    /// <param name="id">Which one. It is hidden by a keyed hash, so it may tell who it is about.</param>
    public async Task<SharedContent> GetAsync(string area, string id)
    {
        var key = KeyOf(area, id);
        // By range: a value is not read to its end when somebody has put there what nobody could hold.
        var reply = await _connection.AskAsync("GETRANGE", (RedisKey)key, 0, LargestContent + Seal.Overhead);
        if (!reply.Answered) { return new(Foreign(reply, area), null); }

        return (byte[]?)reply.Result is { Length: > 0 } found ? new(true, Open(area, key, found)) : new(true, null);
    }

    /// <summary>Writes one entry, over whatever is there. False when it was not written.</summary>
    /// <param name="area">What kind of entry.</param>
    /// <param name="id">Which one; hidden.</param>
    /// <param name="content">The content; sealed.</param>
    /// <param name="lifetime">How long it counts.</param>
    public async Task<bool> SetAsync(string area, string id, ReadOnlyMemory<byte> content, TimeSpan lifetime)
    {
        if (lifetime < TimeSpan.FromMilliseconds(1) || content.Length > LargestContent) { return false; }

        var key = KeyOf(area, id);
        var value = _seal.Close(key, content.Span, _time.GetUtcNow() + lifetime);
        return (await _connection.AskAsync("SET", (RedisKey)key, value, "PX", (long)lifetime.TotalMilliseconds)).Answered;
    }

    /// <summary>Removes one entry. False when nobody knows whether it is gone.</summary>
    /// <param name="area">What kind of entry.</param>
    /// <param name="id">Which one; hidden.</param>
    public async Task<bool> DeleteAsync(string area, string id) => (await _connection.AskAsync("DEL", (RedisKey)KeyOf(area, id))).Answered;

    /// <summary>
    /// Takes an entry that one replica at a time can have: true for the one that has it now, until it deletes the entry or the lifetime is
    /// over; false for any other; null when Redis is away and nobody knows.
    /// </summary>
    /// <param name="area">What kind of entry.</param>
    /// <param name="id">Which one; hidden.</param>
    /// <param name="lifetime">Longer than the work takes that is claimed.</param>
    public async Task<bool?> ClaimAsync(string area, string id, TimeSpan lifetime)
    {
        var key = KeyOf(area, id);
        var value = _seal.Close(key, [], _time.GetUtcNow() + lifetime);
        var reply = await _connection.AskAsync("SET", (RedisKey)key, value, "NX", "PX", (long)lifetime.TotalMilliseconds);
        return reply.Answered ? !reply.Result!.IsNull : null;
    }

    /// <summary>Adds one member to the area's set. False when it was not added. What
    /// keeps the set small is <see cref="CondenseAsync"/>.</summary>
    /// <param name="area">Which set; it has the area to itself.</param>
    /// <param name="content">The member; sealed.</param>
    /// <param name="lifetime">How long it counts.</param>
    public async Task<bool> AddAsync(string area, ReadOnlyMemory<byte> content, TimeSpan lifetime)
    {
        if (content.Length > LargestContent) { return false; }

        var (key, expires) = (_prefix + area, _time.GetUtcNow() + lifetime);
        var added = await _connection.AskAsync(
            "ZADD", (RedisKey)key, expires.ToUnixTimeMilliseconds(), _seal.Close(key, content.Span, expires));
        if (Foreign(added, area)) { await _connection.AskAsync("DEL", (RedisKey)key); }
        if (!added.Answered) { return false; }

        await _connection.AskAsync("ZREMRANGEBYSCORE", (RedisKey)key, "-inf", _time.GetUtcNow().ToUnixTimeMilliseconds());
        return true;
    }

    /// <summary>
    /// Where the area's set has more than 50 000 members, puts one in the place of the quarter that expires first, so that nothing is
    /// lost that it does not tell. False when nobody knows whether that is needed, or it could not be done.
    /// </summary>
    /// <param name="area">Which set.</param>
    /// <param name="summary">The member for all those that expire by this moment.</param>
    /// <param name="lifetime">How long the new member counts.</param>
    public async Task<bool> CondenseAsync(string area, Func<DateTimeOffset, byte[]> summary, TimeSpan lifetime)
    {
        RedisKey key = _prefix + area;
        var size = await _connection.AskAsync("ZCARD", key);
        if (size.Result is not { } counted) { return false; }

        var count = (long)counted;
        if (count <= MostMembers) { return true; }

        var last = await _connection.AskAsync(
            "ZRANGEBYSCORE", key, "-inf", "+inf", "WITHSCORES", "LIMIT", count - (MostMembers * 3 / 4) - 1, 1);
        if (!last.Answered || (string?[]?)last.Result is not [_, { } score]
            || !double.TryParse(score, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return false;
        }

        // First what stands for them, and only then may they go.
        // A score that somebody else wrote may be any number.
        var now = _time.GetUtcNow();
        var until = DateTimeOffset.FromUnixTimeMilliseconds(
            (long)Math.Clamp(Math.Ceiling(milliseconds), 0, (now + (2 * lifetime)).ToUnixTimeMilliseconds()));
        var left = until.AddMilliseconds(1) - now;
        return await AddAsync(area, summary(until), left > lifetime ? left : lifetime)
            && (await _connection.AskAsync("ZREMRANGEBYSCORE", key, "-inf", score)).Answered;
    }

    /// <summary>The members of the area's set that have not expired, or null when Redis is away.</summary>
    /// <param name="area">Which set.</param>
    /// <param name="expiringFrom">Only those that expire from then on: what was added
    /// later than the last reading, where all live equally long.</param>
    public async Task<IReadOnlyList<byte[]>?> ReadAllAsync(string area, DateTimeOffset expiringFrom = default)
    {
        var name = _prefix + area;
        RedisKey key = name;
        // Members cannot be read by range, so the whole is weighed first; what is not ours makes place.
        var size = await _connection.AskAsync("MEMORY", "USAGE", key, "SAMPLES", 0);
        if (size is { Result.IsNull: false } && (long)size.Result > LargestSet)
        {
            _rejections.Count(area);
            await _connection.AskAsync("DEL", key);
            return [];
        }

        List<byte[]> members = [];
        var now = _time.GetUtcNow();
        var from = (expiringFrom > now ? expiringFrom : now).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        for (var read = 0; read < 2 * MostMembers; read += PageSize)
        {
            var page = await _connection.AskAsync("ZRANGEBYSCORE", key, from, "+inf", "LIMIT", read, PageSize);
            if (!page.Answered) { return Foreign(page, area) ? members : null; }

            var found = (byte[]?[]?)page.Result ?? [];
            members.AddRange(found.Select(member => Open(area, name, member ?? [])).OfType<byte[]>());
            if (found.Length < PageSize) { break; }
        }

        return members;
    }

    /// <summary>Tells all replicas of this service, this one included, that are connected now. False when it was not sent.</summary>
    /// <param name="area">Which channel.</param>
    /// <param name="content">The message; sealed.</param>
    public async Task<bool> PublishAsync(string area, ReadOnlyMemory<byte> content)
    {
        var channel = _prefix + area;
        var message = _seal.Close(AsMessage(channel), content.Span, _time.GetUtcNow() + LongestMessage);
        return (await _connection.AskAsync("PUBLISH", new RedisChannel(channel, RedisChannel.PatternMode.Literal), message)).Answered;
    }

    /// <summary>Hears what replicas publish, unless it was forged. Call at start.
    /// Messages can be lost: what must be known is in a set too.</summary>
    /// <param name="area">Which channel.</param>
    /// <param name="receive">What to do with a message; brief, and without throwing.</param>
    public void Subscribe(string area, Action<byte[]> receive)
    {
        var channel = _prefix + area;
        _connection.Subscribe(channel, message =>
        {
            if (Open(area, AsMessage(channel), message ?? []) is { } content) { receive(content); }
        });
    }

    /// <summary>Calls back whenever Redis is there: the first time, and again each time it was away.</summary>
    /// <param name="callback">What to do; brief, and without throwing.</param>
    public void OnConnected(Action callback) => _presence.OnConnected(callback);

    /// <inheritdoc/>
    public void Dispose() => _seal.Dispose();

    // An area may have both: a message put into the set, or the other way round, must not open there.
    private static string AsMessage(string channel) => $"message {channel}";

    private string KeyOf(string area, string id) => $"{_prefix}{area}:{_seal.Hide(area, id)}";

    private byte[]? Open(string area, string name, byte[] found)
    {
        if (found.Length > LargestContent + Seal.Overhead || !_seal.TryOpen(name, found, out var content, out var expires))
        {
            _rejections.Count(area);
            return null;
        }

        return expires > _time.GetUtcNow() ? content : null;
    }

    /// <summary>Counts data of another type: an answer, though not one of use.</summary>
    private bool Foreign(RedisReply reply, string area)
    {
        var foreign = reply.Refusal == "WRONGTYPE";
        if (foreign) { _rejections.Count(area); }
        return foreign;
    }
}
