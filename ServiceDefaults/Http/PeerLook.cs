using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Looks, in the background, at what a peer has: leaves a span where something has changed or the look failed, and reports an outage once.
/// </summary>
/// <param name="span">The span's name.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Logs the first failure of an outage.</param>
public sealed class PeerLook(string span, TimeProvider time, Action<Exception> report)
{
    private readonly PeerOutage _outage = new(time);

    /// <summary>A failed look is no error for whoever asked for it: what was known before goes on being good.</summary>
    /// <param name="look">True when something has changed.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="OperationCanceledException">It was ended: whatever breaks off then is no failure of the peer.</exception>
    public async Task RunAsync(Func<CancellationToken, Task<bool>> look, CancellationToken cancellationToken)
    {
        using var refresh = RefreshSpan.Start(span);
        try
        {
            if (await look(cancellationToken)) { refresh.Changed(); }
            _outage.Answered();
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            refresh.Failed(failure);
            if (_outage.Failed()) { report(failure); }
        }
    }
}
