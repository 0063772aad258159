using System.IO.MemoryMappedFiles;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.Tests.Documents;

public sealed class DocumentWatcherTests : IDisposable
{
    private readonly LoadSignal _loads = new();
    private readonly StoreFolder _folder;

    public DocumentWatcherTests() => _folder = new StoreFolder(_loads);

    [Fact]
    public async Task Documents_are_loaded_when_startup_completes()
    {
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1"));

        await using var running = await StartAsync(TimeProvider.System);

        Assert.Equal("DOC-1", Assert.Single(_folder.Store.All).Id.Value);
    }

    [Fact]
    public async Task New_changed_and_deleted_files_are_noticed()
    {
        await using var running = await StartAsync(TimeProvider.System);

        Assert.Equal("First", await TitleAfterAsync(() => _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1", "First"))));
        Assert.Equal("Second", await TitleAfterAsync(() => _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1", "Second"))));
        Assert.Null(await TitleAfterAsync(() => File.Delete(_folder.Path("DOC-1.md"))));
    }

    [Fact]
    public async Task Change_without_an_event_is_found_by_the_next_re_scan()
    {
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1", "First"));
        var time = new ManualTimer();
        await using var running = await StartAsync(time);

        var title = await TitleAfterAsync(() =>
        {
            WriteThroughMemory("DOC-1.md", StoreFolder.Text("DOC-1", "Later"));
            time.Elapse();
        });

        Assert.Equal("Later", title);
        Assert.Equal(_folder.Settings.Value.RescanInterval, time.Period);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The system reports no event for a change made through a memory map.</summary>
    private void WriteThroughMemory(string file, string text)
    {
        using var map = MemoryMappedFile.CreateFromFile(_folder.Path(file), FileMode.Open);
        using var view = map.CreateViewStream(0, text.Length);
        view.Write(System.Text.Encoding.ASCII.GetBytes(text));
    }

    /// <summary>The title that the store shows once it has loaded what the change left.</summary>
    private async Task<string?> TitleAfterAsync(Action change)
    {
        var before = _folder.Find("DOC-1");
        change();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            await _loads.NextAsync(patience.Token);
            var now = _folder.Find("DOC-1");
            // A file that is written in place can be seen half written, and is unclassified then.
            if (now?.ETag != before?.ETag && now is null or { Classification: not null })
            {
                return now?.Title;
            }
        }
    }

    private async Task<Running> StartAsync(TimeProvider time)
    {
        var watcher = new DocumentWatcher(_folder.Folder, _folder.Store, _folder.Settings, time, NullLogger<DocumentWatcher>.Instance);
        await watcher.StartAsync(TestContext.Current.CancellationToken);
        return new Running(watcher);
    }

    private sealed class Running(DocumentWatcher watcher) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await watcher.StopAsync(CancellationToken.None);
            watcher.Dispose();
        }
    }

    /// <summary>The store says in its log when it holds something new; that is what the tests wait for.</summary>
    private sealed class LoadSignal : ILogger<DocumentStore>
    {
        private readonly Channel<bool> _loads = Channel.CreateUnbounded<bool>();

        public ValueTask<bool> NextAsync(CancellationToken cancellationToken) => _loads.Reader.ReadAsync(cancellationToken);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == "documents.loaded")
            {
                _loads.Writer.TryWrite(true);
            }
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }

    /// <summary>A clock whose one timer fires when the test says so.</summary>
    private sealed class ManualTimer : TimeProvider
    {
        private readonly TaskCompletionSource<Action> _fire = new();

        public TimeSpan Period { get; private set; }

        public void Elapse() => _fire.Task.Result();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Period = period;
            _fire.SetResult(() => callback(state));
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
