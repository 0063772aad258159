using System.Diagnostics;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Receiver;

namespace TraceDemo.Dashboard.Forwarding;

/// <summary>
/// Forwards messages of senders that support only one export endpoint, such as Keycloak, to a second endpoint. One message at a
/// time and one attempt each: an incomplete trace there costs less than a queue of retries here.
/// </summary>
internal sealed partial class TraceForwarder(
    ForwardQueue queue, OtlpTraceClient client, IOptions<OtlpOptions> options, TimeProvider time, ILogger<TraceForwarder> logger)
    : BackgroundService
{
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);

    private bool _isUnreachable;
    private long _forwarded;
    private long _failed;

    /// <summary>Messages that the endpoint accepted.</summary>
    public long Forwarded => Volatile.Read(ref _forwarded);

    /// <summary>Messages that could not be sent, or that the endpoint rejected.</summary>
    public long Failed => Volatile.Read(ref _failed);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        queue.Open(options.Value.Forward);
        LogStarted(string.Join(", ", options.Value.Forward));
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Sends the queued messages at shutdown, within the host's timeout and while the endpoint accepts them.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        if (ExecuteTask is { } sending)
        {
            await Task.WhenAny(sending, Task.Delay(Timeout.Infinite, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
        LogStopped(Forwarded, Failed, queue.Dropped + queue.Count);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Activity.Current = null;
        await foreach (var message in queue.ReadAllAsync(stoppingToken))
        {
            if (Clean(message) is not { } clean)
            {
                Interlocked.Increment(ref _failed);
                continue;
            }

            var fault = await SendAsync(clean, stoppingToken);
            // A stop of the host is not a fault of the endpoint.
            if (stoppingToken.IsCancellationRequested && fault is not null)
            {
                return;
            }
            if (fault is null)
            {
                Interlocked.Increment(ref _forwarded);
            }
            else
            {
                Interlocked.Increment(ref _failed);
            }
            ReportChange(fault);
            if (fault is not null && queue.IsClosed)
            {
                return;
            }
        }
    }

    /// <summary>Null for a message that is malformed in a part that the receiver does not read.</summary>
    private static byte[]? Clean(byte[] message)
    {
        try
        {
            return TraceRedaction.Clean(message);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async Task<string?> SendAsync(byte[] message, CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(AttemptTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            return await client.SendAsync(message, linked.Token);
        }
        catch (OperationCanceledException)
        {
            return "no response in time";
        }
    }

    private void ReportChange(string? fault)
    {
        var isUnreachable = fault is not null;
        if (isUnreachable == _isUnreachable)
        {
            return;
        }
        _isUnreachable = isUnreachable;
        if (fault is null)
        {
            LogReachable(Failed, queue.Dropped);
        }
        else
        {
            LogUnreachable(fault);
        }
    }

    [LoggerMessage(EventName = "forwarding.started", Level = LogLevel.Information,
        Message = "Forwarding the traces of {Senders} to the OTLP endpoint of this process")]
    private partial void LogStarted(string senders);

    [LoggerMessage(EventName = "forwarding.unreachable", Level = LogLevel.Warning,
        Message = "Traces are not forwarded until the OTLP endpoint accepts them again: {Fault}")]
    private partial void LogUnreachable(string fault);

    [LoggerMessage(EventName = "forwarding.reachable", Level = LogLevel.Warning,
        Message = "Traces are forwarded again; trace messages lost since the start: {Failed} failed, {Dropped} dropped")]
    private partial void LogReachable(long failed, long dropped);

    [LoggerMessage(EventName = "forwarding.stopped", Level = LogLevel.Information,
        Message = "Trace messages forwarded: {Forwarded}; failed: {Failed}; dropped: {Dropped}")]
    private partial void LogStopped(long forwarded, long failed, long dropped);
}
