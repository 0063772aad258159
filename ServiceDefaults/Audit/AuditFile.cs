using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Appends the trail's entries to its file, one line each. Retries an entry that
/// cannot be written until it succeeds or the service stops.</summary>
internal sealed partial class AuditFile(AuditTrail trail, AuditOptions options, TimeProvider time, ILogger<AuditFile> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private AuditFiles? _files;
    private byte[]? _notice;

    /// <exception cref="InvalidOperationException">The file cannot be written, or another process uses it.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _files = AuditFiles.Claim(options);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Writes the queued entries before the service stops, within the host's shutdown timeout.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        trail.Complete();
        var writing = ExecuteTask ?? Task.CompletedTask;
        await Task.WhenAny(writing, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
        // A line in progress is completed first, unless the disk hangs, and nothing
        // is written after it: the entries that remain now are lost.
        await Task.WhenAny(writing, Task.Delay(RetryDelay, time, CancellationToken.None));
        if (trail.Unwritten.Count is > 0 and var left)
        {
            trail.CountLost(left);
            LogLost(left);
        }
    }

    public override void Dispose()
    {
        _files?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var entries = trail.Unwritten;
        while (await entries.WaitToReadAsync(stoppingToken))
        {
            // An entry leaves the queue only after it has been written.
            while (entries.TryPeek(out var waiting))
            {
                stoppingToken.ThrowIfCancellationRequested();
                while (!await TryWriteAsync(_files!, waiting.Line))
                {
                    await Task.Delay(RetryDelay, time, stoppingToken);
                }
                entries.TryRead(out _);
                waiting.Permit?.Dispose();
            }
        }
    }

    private async Task<bool> TryWriteAsync(AuditFiles files, byte[] line)
    {
        try
        {
            if (files.IsFullFor(line))
            {
                _notice = Rotate(files);
            }
            if (_notice is not null)
            {
                await files.AppendAsync(_notice);
                _notice = null;
            }

            await files.AppendAsync(line);
            trail.IsFailing = false;
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!trail.IsFailing)
            {
                LogWriteFailed(failure);
            }

            trail.IsFailing = true;
            files.Close();
            return false;
        }
    }

    /// <summary>The first entry of a new file states that earlier entries were moved or removed.</summary>
    private byte[] Rotate(AuditFiles files)
    {
        var removed = Path.GetFileName(files.Rotate());
        if (removed is null)
        {
            LogRotated();
        }
        else
        {
            LogRemoved(removed);
        }

        return trail.Line(new AuditEntry
        {
            Action = removed is null ? AuditActions.FileRotated : AuditActions.FileRemoved,
            Target = removed,
            Outcome = AuditOutcome.Allow
        });
    }

    [LoggerMessage(EventName = "audit.write_failed", Level = LogLevel.Error,
        Message = "The audit file cannot be written; entries are queued")]
    private partial void LogWriteFailed(Exception exception);

    [LoggerMessage(EventName = "audit.lost", Level = LogLevel.Critical,
        Message = "{Count} audit entries were lost, because the service stopped before they could be written")]
    private partial void LogLost(int count);

    [LoggerMessage(EventName = "audit.file_rotated", Level = LogLevel.Information,
        Message = "The audit file was full, and a new one was started")]
    private partial void LogRotated();

    [LoggerMessage(EventName = "audit.file_removed", Level = LogLevel.Warning,
        Message = "The audit file was full; a new one was started and the oldest one, {File}, was removed")]
    private partial void LogRemoved(string file);
}
