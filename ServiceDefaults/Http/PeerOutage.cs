namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Whether an unreachable peer deserves a warning. All services start at once, so a peer that has never answered gets time to start; one
/// that has answered before is reported immediately. Each outage is reported once.
/// </summary>
internal sealed class PeerOutage(TimeProvider time)
{
    /// <summary>The startup time of the slowest peer, a Keycloak that imports its realm, on a slow machine.</summary>
    public static readonly TimeSpan StartTime = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly long _created = time.GetTimestamp();
    private bool _answered;
    private bool _reported;

    public void RecordSuccess()
    {
        lock (_lock)
        {
            _answered = true;
            _reported = false;
        }
    }

    /// <summary>Records a failure; true if it should be reported.</summary>
    public bool RecordFailure()
    {
        lock (_lock)
        {
            if (_reported || (!_answered && time.GetElapsedTime(_created) < StartTime))
            {
                return false;
            }
            _reported = true;
            return true;
        }
    }
}
