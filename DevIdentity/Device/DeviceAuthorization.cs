using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Device;

/// <summary>A device that waits for its person (RFC 8628 §3.2).</summary>
internal sealed class DeviceAuthorization(DeviceRequest request, string userCode, DateTimeOffset expiresAt)
{
    private readonly Lock _lock = new();
    private readonly string _secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
    private DateTimeOffset _nextPoll = DateTimeOffset.MinValue;

    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public RealmClient Client { get; } = request.Client;
    public string? Scope { get; } = request.Scope;
    public string CodeChallenge { get; } = request.CodeChallenge;

    /// <summary>What the person types.</summary>
    public string UserCode { get; } = userCode;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;
    public DeviceState State { get; private set; }
    public UserSession? Session { get; private set; }

    /// <summary>Who was asked for consent last.</summary>
    public RealmUser? Person { get; set; }

    /// <summary>What the device polls with: the part after the dot says where it is found, the part before it is the secret.</summary>
    public string DeviceCode => $"{_secret}.{UserCode}";

    public bool Is(string deviceCode) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(DeviceCode), Encoding.UTF8.GetBytes(deviceCode));

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
