using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Appends the trail's entries to its file, each as one line. An entry that cannot be written is tried again until it is, or the service stops.</summary>
internal sealed partial class AuditFile(AuditTrail trail, string path, TimeProvider time, ILogger<AuditFile> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private FileStream? _file;
    private bool _writing;

    /// <exception cref="InvalidOperationException">The file cannot be written to.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _file = Open();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Audit__File '{path}' cannot be appended to: {failure.Message}", failure);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>What is waiting is written before the service goes, as far as the host gives it time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        trail.Complete();
        if (ExecuteTask is { } writing) { await Task.WhenAny(writing, Task.Delay(Timeout.Infinite, cancellationToken)); }
        await base.StopAsync(cancellationToken);
        var left = trail.Unwritten.Count + (_writing ? 1 : 0);
        if (left > 0)
        {
            trail.Lose(left);
            LogLost(left);
        }
    }

    public override void Dispose()
    {
        _file?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var line in trail.Unwritten.ReadAllAsync(CancellationToken.None))
        {
            _writing = true;
            while (!await TryWriteAsync(line)) { await Task.Delay(Pause, time, stoppingToken); }
            _writing = false;
        }
    }

    private async Task<bool> TryWriteAsync(byte[] line)
    {
        try
        {
            _file ??= Open();
            await _file.WriteAsync(line, CancellationToken.None);
            trail.IsFailing = false;
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!trail.IsFailing) { LogWriteFailed(failure); }

            trail.IsFailing = true;
            // Opened anew, so that a part of a line ends there, and so that a repaired folder or disk is found.
            _file?.Dispose();
            _file = null;
            return false;
        }
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }

        var file = new FileStream(path, options);
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n') { file.WriteByte((byte)'\n'); }
        }

        return file;
    }

    [LoggerMessage(EventName = "audit.write_failed", Level = LogLevel.Error, Message = "Entries cannot be appended to the audit file; they wait")]
    private partial void LogWriteFailed(Exception exception);

    [LoggerMessage(EventName = "audit.lost", Level = LogLevel.Critical, Message = "{Count} entries of the audit were lost, because the service stopped before they could be written")]
    private partial void LogLost(int count);
}
