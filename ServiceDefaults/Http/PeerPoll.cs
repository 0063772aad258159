using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>
/// Polls a peer in the background: records a span if something has changed or the poll failed, and reports an outage once.
/// </summary>
/// <param name="span">The span's name.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Logs the first failure of an outage.</param>
public sealed class PeerPoll(string span, TimeProvider time, Action<Exception> report)
{
    private readonly PeerOutage _outage = new(time);

    /// <summary>A failed poll is not an error for the caller: the last known state remains valid.</summary>
    /// <param name="poll">True if something has changed.</param>
    /// <param name="cancellationToken">Cancels the poll.</param>
    /// <exception cref="OperationCanceledException">The poll was canceled, which is not a failure of the peer.</exception>
    public async Task RunAsync(Func<CancellationToken, Task<bool>> poll, CancellationToken cancellationToken)
    {
        using var refresh = RefreshSpan.Start(span);
        try
        {
            if (await poll(cancellationToken))
            {
                refresh.Changed();
            }
            _outage.RecordSuccess();
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            refresh.Failed(failure);
            if (_outage.RecordFailure())
            {
                report(failure);
            }
        }
    }
}
