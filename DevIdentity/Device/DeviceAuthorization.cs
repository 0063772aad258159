using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Device;

internal enum DeviceState { Pending, Granted, Denied }

/// <summary>A device that waits for its person (RFC 8628 §3.2).</summary>
internal sealed class DeviceAuthorization(RealmClient client, string? scope, string codeChallenge, DateTimeOffset expiresAt)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _nextPoll = DateTimeOffset.MinValue;

    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public RealmClient Client { get; } = client;
    public string? Scope { get; } = scope;
    public string CodeChallenge { get; } = codeChallenge;
    public DateTimeOffset ExpiresAt { get; } = expiresAt;
    public DeviceState State { get; private set; }
    public UserSession? Session { get; private set; }

    /// <summary>The person's answer; the first one counts.</summary>
    public bool TryAnswer(UserSession? session)
    {
        lock (_lock)
        {
            if (State != DeviceState.Pending) { return false; }
            Session = session;
            State = session is null ? DeviceState.Denied : DeviceState.Granted;
            return true;
        }
    }

    /// <summary>RFC 8628 §3.5: false when asked again before the interval is over.</summary>
    public bool MayPoll(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now < _nextPoll) { return false; }
            _nextPoll = now + Interval;
            return true;
        }
    }
}
