using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;

namespace TraceDemo.DevIdentity.Device;

/// <summary>A device that waits for its person's decision (RFC 8628 §3.2).</summary>
internal sealed class DeviceAuthorization(DeviceRequest request, string userCode, DateTimeOffset expiresAt)
{
    private readonly Lock _lock = new();
    private readonly string _secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
    private DateTimeOffset _nextPoll = DateTimeOffset.MinValue;

    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public RealmClient Client { get; } = request.Client;
    public string? Scope { get; } = request.Scope;
    public string CodeChallenge { get; } = request.CodeChallenge;

    /// <summary>The code that the person types.</summary>
    public string UserCode { get; } = userCode;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;
    public DeviceState State { get; private set; }
    public UserSession? Session { get; private set; }

    /// <summary>The person who was last asked for consent.</summary>
    public RealmUser? Person { get; set; }

    /// <summary>The code that the device polls with: the part after the dot is the look-up key, the part before it the secret.</summary>
    public string DeviceCode => $"{_secret}.{UserCode}";

    public bool Is(string deviceCode) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(DeviceCode), Encoding.UTF8.GetBytes(deviceCode));

    /// <summary>Sets the person's decision; only the first one counts.</summary>
    public bool TryAnswer(UserSession? session)
    {
        lock (_lock)
        {
            if (State != DeviceState.Pending)
            {
                return false;
            }
            Session = session;
            State = session is null ? DeviceState.Denied : DeviceState.Granted;
            return true;
        }
    }

    /// <summary>RFC 8628 §3.5: false for a poll before the interval is over.</summary>
    public bool MayPoll(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now < _nextPoll)
            {
                return false;
            }
            _nextPoll = now + Interval;
            return true;
        }
    }
}
