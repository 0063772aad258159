using System.Threading.Channels;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// Ended sessions that could not be reported to a peer yet. They are retried in turn, so that one that always fails delays no other.
/// A session that could not be reported in time, or was evicted by newer ones, is logged and counted.
/// </summary>
internal sealed partial class PendingReports
{
    /// <summary>The maximum number of tickets.</summary>
    public const int MaxPending = HeldTickets.MaxTickets;

    private const int AtOnce = 8;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly string _peer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<SessionEndReport> _waiting;

    public PendingReports(string peer, int maxPending, TimeProvider time, ILogger logger)
    {
        _peer = peer;
        _time = time;
        _logger = logger;
        _waiting = Channel.CreateBounded<SessionEndReport>(
            new BoundedChannelOptions(maxPending) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => CountUnreported("too many are waiting"));
    }

    public void Add(SessionEndReport report) => _waiting.Writer.TryWrite(report);

    /// <summary>Reports until stopped.</summary>
    /// <param name="report">Returns false if a retry is worthwhile.</param>
    /// <param name="stoppingToken">Stops the loop.</param>
    public Task RunAsync(Func<SessionEndReport, CancellationToken, Task<bool>> report, CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            _waiting.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            async (pending, cancellationToken) =>
            {
                if (pending.Until <= _time.GetUtcNow())
                {
                    CountUnreported("it took too long");
                }
                else if (!await TryAsync(report, pending, cancellationToken))
                {
                    await Task.Delay(RetryDelay, _time, cancellationToken);
                    Add(pending);
                }
            });

    /// <summary>An error in one report is logged, and the others continue: an exception here would end the whole Dashboard.</summary>
    private async Task<bool> TryAsync(
        Func<SessionEndReport, CancellationToken, Task<bool>> report, SessionEndReport pending, CancellationToken cancellationToken)
    {
        try
        {
            return await report(pending, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (pending.IsFirstFailure())
            {
                LogFailed(_peer, failure.GetType().Name);
            }
            return false;
        }
    }

    private void CountUnreported(string reason)
    {
        Instrumentation.RecordSignOutUnreported(_peer);
        LogUnreported(_peer, reason);
    }

    [LoggerMessage(EventName = "sign_out.report_failed", Level = LogLevel.Error,
        Message = "Reporting the end of a session to {Peer} failed; it is retried: {Type}")]
    private partial void LogFailed(string peer, string type);

    [LoggerMessage(EventName = "sign_out.unreported", Level = LogLevel.Warning,
        Message = "The end of a session was not reported to {Peer}: {Reason}")]
    private partial void LogUnreported(string peer, string reason);
}
