namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>
/// Counts repeated denials. The first is a separate entry; those with the same person, action, target and reason within a minute are
/// counted and become one entry with their number when the minute is over. Completed actions are never combined.
/// </summary>
internal sealed class AuditRepeats(TimeProvider time)
{
    /// <summary>The number of denials tracked at a time; further ones are separate entries.</summary>
    public const int MaxTracked = 1_000;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Refusal, Repeats> _tracked = [];

    /// <summary>Counted denials that are not an entry yet.</summary>
    public IEnumerable<AuditEntry> Pending =>
        _tracked.Values.Where(repeats => repeats.Count > 0).Select(repeats => repeats.ToEntry()).OrderByDescending(entry => entry.Time);

    /// <summary>True for a repeat, which was counted.</summary>
    public bool TryCount(AuditEntry entry)
    {
        if (Refusal.Of(entry) is not { } refusal || !_tracked.TryGetValue(refusal, out var repeats))
        {
            return false;
        }
        // An entry without repeats expires after its minute; one that waits for a permit remains.
        if (repeats.Count == 0 && IsOver(repeats))
        {
            return false;
        }

        repeats.Count++;
        repeats.Last = entry;
        return true;
    }

    /// <summary>Starts tracking an entry that <see cref="TryCount"/> has just found not to be a repeat.</summary>
    public void Track(AuditEntry entry)
    {
        if (Refusal.Of(entry) is not { } refusal || (_tracked.Count >= MaxTracked && !_tracked.ContainsKey(refusal)))
        {
            return;
        }

        _tracked[refusal] = new Repeats(time.GetUtcNow(), entry);
    }

    /// <summary>Creates entries for expired counts.</summary>
    /// <param name="all">Also for those that have not expired.</param>
    /// <param name="tryAdd">Adds an entry; false if there is no permit for it yet.</param>
    public void Flush(bool all, Func<AuditEntry, bool> tryAdd)
    {
        foreach (var (refusal, repeats) in _tracked.Where(tracked => all || IsOver(tracked.Value)).ToList())
        {
            if (repeats.Count == 0 || tryAdd(repeats.ToEntry()))
            {
                _tracked.Remove(refusal);
            }
        }
    }

    private bool IsOver(Repeats repeats) => time.GetUtcNow() - repeats.Since >= Window;

    private readonly record struct Refusal(string Action, string? Target, string? Reason, string Person, string? Client)
    {
        public static Refusal? Of(AuditEntry entry) => entry is { Outcome: AuditOutcome.Deny, Person: { } person }
            ? new Refusal(entry.Action, entry.Target, entry.Reason?.Value, person, entry.Client)
            : null;
    }

    private sealed class Repeats(DateTimeOffset since, AuditEntry first)
    {
        public DateTimeOffset Since { get; } = since;

        public int Count { get; set; }

        public AuditEntry Last { get; set; } = first;

        public AuditEntry ToEntry() => Last with { Repeats = Count };
    }
}
