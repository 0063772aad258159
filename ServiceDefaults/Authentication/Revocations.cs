using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// Sessions and tokens that ended before their <c>exp</c>: a JWT stays valid by itself, so whoever learns of a sign-out must remember
/// it until the last token of that session has expired (OpenID Connect Back-Channel Logout §2.7). An entry is the name of something that a
/// token bears, such as <c>sid:…</c>; <see cref="Check"/> asks for each name that a caller has.
/// </summary>
public sealed partial class Revocations
{
    internal const int Capacity = 50_000;
    private const int LongestName = 128;
    private const string UntilPrefix = "issued-until:";

    // No access token of the realm lives longer than five minutes.
    internal static readonly TimeSpan LongestToken = TimeSpan.FromMinutes(10);

    private readonly RevocationList _list;
    private readonly ILogger<Revocations> _logger;
    private Action<string> _revoked = _ => { };

    /// <summary>An empty list.</summary>
    /// <param name="time">The clock by which entries are forgotten.</param>
    /// <param name="logger">Is told when the list is full.</param>
    public Revocations(TimeProvider time, ILogger<Revocations> logger) => (_list, _logger) = (new RevocationList(Capacity, LongestToken, time), logger);

    /// <summary>
    /// Not null while more was revoked than the list holds: then every token issued until this moment is refused, because it may be one
    /// of a session that has ended.
    /// </summary>
    public DateTimeOffset? RefusedUntil => _list.RefusedUntil;

    /// <summary>Refuses every token of this session from now on.</summary>
    /// <param name="sessionId">The session's <c>sid</c>.</param>
    public void EndSession(string sessionId) => Tell(SessionName(sessionId));

    /// <summary>Refuses this one token from now on, because the provider no longer knows it.</summary>
    /// <param name="token">The token.</param>
    public void Revoke(AccessToken token) => Tell(token.Hash);

    /// <summary>True when the caller's session has ended, the very token was revoked, or it is older than the list can tell.</summary>
    /// <param name="caller">Who calls.</param>
    public bool Contains(Caller caller) => Check(caller) is not null;

    /// <summary>Why the caller's token is refused, or null.</summary>
    internal Refusal? Check(Caller caller)
    {
        if (_list.Contains(caller.Token.Hash) || (caller.SessionId is { } sessionId && _list.Contains(SessionName(sessionId)))) { return Refusal.TokenRevoked; }

        return caller.IssuedAt <= RefusedUntil + TokenLifetime.ClockSkew ? Refusal.IssuedTooEarly : null;
    }

    /// <summary>Calls back with what was revoked here, for the other replicas.</summary>
    internal void OnRevoked(Action<string> callback) => _revoked += callback;

    /// <summary>The entry that stands for those another list had no room for: all of them were revoked until then.</summary>
    internal static string IssuedUntil(DateTimeOffset moment) => UntilPrefix + moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Takes over what was revoked at another replica.</summary>
    internal void Learn(string entry)
    {
        if (!entry.StartsWith(UntilPrefix, StringComparison.Ordinal))
        {
            if (_list.Add(entry)) { TellCoarser(); }
        }
        else if (Moment(entry.AsSpan(UntilPrefix.Length)) is { } moment && _list.RefuseUntil(moment) && RefusedUntil is not null)
        {
            TellCoarser();
        }
    }

    private void Tell(string entry)
    {
        Learn(entry);
        _revoked(entry);
    }

    private void TellCoarser()
    {
        Instrumentation.RecordRevocationsCoarsened();
        LogCoarser(_list.RefusedUntil);
    }

    /// <summary>Of bounded length, whatever a provider calls its sessions.</summary>
    private static string SessionName(string sessionId) =>
        sessionId.Length <= LongestName ? $"sid:{sessionId}" : $"sid#{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)))}";

    private static DateTimeOffset? Moment(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    [LoggerMessage(EventName = "revocations.coarsened", Level = LogLevel.Warning,
        Message = "More sessions and tokens were revoked than the list holds: every token issued until {Moment} is refused, whose holder needs a new one")]
    private partial void LogCoarser(DateTimeOffset? moment);
}
