using TraceDemo.DevIdentity.Realms;

namespace TraceDemo.DevIdentity.Login;

/// <summary>Checks a person's password, and limits failed attempts.</summary>
internal sealed partial class PersonAuthentication(Realm realm, TimeProvider time, ILogger<PersonAuthentication> logger)
{
    public const int MaxFailures = 5;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    public static TimeSpan LockTime { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Null for an unknown name, a wrong password and a locked account, so that the response does not reveal which.</summary>
    public RealmUser? Authenticate(string username, string? password)
    {
        var user = realm.FindPerson(username) is { Enabled: true } found ? found : null;
        var matches = (user?.Password ?? PasswordHash.OfNobody).Matches(password ?? "");
        if (user is null)
        {
            return null;
        }
        lock (_lock)
        {
            if (IsLocked(user.Username))
            {
                return null;
            }
            if (matches)
            {
                _failures.Remove(user.Username);
                return user;
            }

            Count(user.Username);
            return null;
        }
    }

    private bool IsLocked(string username) =>
        _failures.TryGetValue(username, out var failures) && failures.Count >= MaxFailures && time.GetUtcNow() - failures.Last < LockTime;

    private void Count(string username)
    {
        var now = time.GetUtcNow();
        var earlier = _failures.TryGetValue(username, out var failures) && now - failures.Last < LockTime ? failures.Count : 0;
        _failures[username] = new Failures(earlier + 1, now);
        if (earlier + 1 == MaxFailures)
        {
            LogLocked(MaxFailures, LockTime.TotalSeconds);
        }
    }

    [LoggerMessage(EventName = "login.locked", Level = LogLevel.Warning,
        Message = "An account is locked for {Seconds} s after {Failures} failed attempts")]
    private partial void LogLocked(int failures, double seconds);

    private sealed record Failures(int Count, DateTimeOffset Last);
}
