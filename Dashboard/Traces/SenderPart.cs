namespace TraceDemo.Dashboard.Traces;

/// <summary>One sender's part of a trace. It has its own share, so that it does not displace the others.</summary>
internal sealed class SenderPart(string service)
{
    private long _spanBytes;
    private long _logBytes;
    private int _spans;
    private int _logs;
    private int _refusedSpans;
    private int _refusedLogs;
    private int _duplicates;

    public string Service { get; } = service;

    /// <summary>Whether it contains a request, as the gateway's part does.</summary>
    public bool HasEntry { get; set; }

    public long Bytes => _spanBytes + _logBytes;

    public SenderCuts? Cuts =>
        _refusedSpans + _refusedLogs + _duplicates == 0 ? null : new SenderCuts(Service, _refusedSpans, _refusedLogs, _duplicates);

    public void CountDuplicate() => _duplicates++;

    public bool TryTakeSpan(long size, long max)
    {
        if (Bytes + size > max)
        {
            _refusedSpans++;
            return false;
        }

        _spans++;
        _spanBytes += size;
        return true;
    }

    /// <summary>At most half of the share, so that a sender's logs do not displace its spans.</summary>
    public bool TryTakeLog(long size, long max, int maxCount)
    {
        if (_logs >= maxCount || _logBytes + size > max / 2 || Bytes + size > max)
        {
            _refusedLogs++;
            return false;
        }

        _logs++;
        _logBytes += size;
        return true;
    }

    /// <summary>Evicts all of it, and counts it as excess.</summary>
    public int Cut()
    {
        var count = _spans + _logs;
        _refusedSpans += _spans;
        _refusedLogs += _logs;
        _spans = 0;
        _logs = 0;
        _spanBytes = 0;
        _logBytes = 0;
        return count;
    }
}
