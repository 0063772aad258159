namespace TraceDemo.Dashboard.Receiver;

/// <summary>What the receiver accepted, cut and rejected since startup; shown in the pages' footer.</summary>
internal sealed class IntakeCounters
{
    private long _spans;
    private long _logs;
    private long _cut;
    private long _redacted;
    private long _rejected;
    private long _malformed;

    public long Spans => Volatile.Read(ref _spans);
    public long Logs => Volatile.Read(ref _logs);
    public long Cut => Volatile.Read(ref _cut);
    public long Redacted => Volatile.Read(ref _redacted);
    public long Rejected => Volatile.Read(ref _rejected);
    public long Malformed => Volatile.Read(ref _malformed);

    public void Count(Intake intake)
    {
        Interlocked.Add(ref _spans, intake.Spans.Count);
        Interlocked.Add(ref _logs, intake.Logs.Count);
        Interlocked.Add(ref _cut, intake.Cut);
        Interlocked.Add(ref _redacted, intake.Redacted);
        Interlocked.Add(ref _rejected, intake.Rejected);
    }

    public void CountMalformed() => Interlocked.Increment(ref _malformed);
}
