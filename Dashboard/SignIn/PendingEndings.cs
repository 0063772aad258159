using System.Threading.Channels;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// Ended sessions that could not be reported to a peer yet. They are retried in turn, so that one that always fails delays no other.
/// A session that could not be reported in time, or was evicted by newer ones, is logged and counted.
/// </summary>
internal sealed partial class PendingEndings
{
    private const int AtOnce = 8;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly string _peer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<Ending> _waiting;

    public PendingEndings(string peer, int maxPending, TimeProvider time, ILogger logger)
    {
        _peer = peer;
        _time = time;
        _logger = logger;
        _waiting = Channel.CreateBounded<Ending>(
            new BoundedChannelOptions(maxPending) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Lose("too many are waiting"));
    }

    /// <summary>The maximum number of tickets.</summary>
    public const int MaxPending = HeldTickets.MaxTickets;

    public void Add(Ending ending) => _waiting.Writer.TryWrite(ending);

    /// <summary>Reports until stopped.</summary>
    /// <param name="tell">Returns false if a retry is worthwhile.</param>
    /// <param name="stopping">Stops the loop.</param>
    public Task RunAsync(Func<Ending, CancellationToken, Task<bool>> tell, CancellationToken stopping) => Parallel.ForEachAsync(
        _waiting.Reader.ReadAllAsync(stopping),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping },
        async (ending, stop) =>
        {
            if (ending.Until <= _time.GetUtcNow())
            {
                Lose("it took too long");
            }
            else if (!await TryAsync(tell, ending, stop))
            {
                await Task.Delay(RetryDelay, _time, stop);
                Add(ending);
            }
        });

    /// <summary>An error in one report is logged, and the others continue: an exception here would end the whole Dashboard.</summary>
    private async Task<bool> TryAsync(Func<Ending, CancellationToken, Task<bool>> tell, Ending ending, CancellationToken stop)
    {
        try
        {
            return await tell(ending, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            if (ending.IsFirstFailure())
            {
                LogFailed(_peer, failure.GetType().Name);
            }
            return false;
        }
    }

    private void Lose(string reason)
    {
        Instrumentation.RecordSignOutUntold(_peer);
        LogLost(_peer, reason);
    }

    [LoggerMessage(EventName = "sign_out.telling_failed", Level = LogLevel.Error,
        Message = "The {Peer} could not be told of the end of a session and is told again: {Type}")]
    private partial void LogFailed(string peer, string type);

    [LoggerMessage(EventName = "sign_out.untold", Level = LogLevel.Warning,
        Message = "The end of a session will not be told to the {Peer}: {Reason}")]
    private partial void LogLost(string peer, string reason);
}
