using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace TraceDemo.DocumentService.Documents;

/// <summary>Reads the folder again when it changes, and periodically in case an event was lost.</summary>
internal sealed partial class DocumentWatcher(
    DocumentFolder folder, DocumentStore store, IOptions<DocumentsOptions> options, TimeProvider time, ILogger<DocumentWatcher> logger)
        : BackgroundService
{
    /// <summary>One pending signal is enough: a reload reads everything.</summary>
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.ReloadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watcher = Watch();
        await using var rescan = time.CreateTimer(_ => Signal(), state: null, options.Value.RescanInterval, options.Value.RescanInterval);
        // Changes between the first load and the watcher's start.
        Signal();
        await foreach (var _ in _signals.Reader.ReadAllAsync(stoppingToken))
        {
            await ReloadAsync(stoppingToken);
        }
    }

    internal async Task ReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ReloadAsync(cancellationToken);
        }
        // Any exception: one that escapes a background service ends the process.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogReloadFailed(failure);
        }
    }

    internal FileSystemWatcher? Watch()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder.Path, DocumentFolder.Pattern);
            watcher.Changed += (_, _) => Signal();
            watcher.Created += (_, _) => Signal();
            watcher.Deleted += (_, _) => Signal();
            watcher.Renamed += (_, _) => Signal();
            watcher.Error += (_, _) => Signal();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        // ArgumentException: the folder is gone.
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher?.Dispose();
            LogWatchFailed(failure, options.Value.RescanInterval);
            return null;
        }
    }

    private void Signal() => _signals.Writer.TryWrite(true);

    [LoggerMessage(EventName = "documents.reload_failed", Level = LogLevel.Error,
        Message = "The document folder could not be read; the documents read before remain")]
    private partial void LogReloadFailed(Exception exception);

    [LoggerMessage(EventName = "documents.watch_failed", Level = LogLevel.Warning,
        Message = "The document folder cannot be watched; it is read again every {Interval} instead")]
    private partial void LogWatchFailed(Exception exception, TimeSpan interval);
}
