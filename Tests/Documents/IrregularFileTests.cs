using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.Tests.Documents;

/// <summary>What else than a document can stand in the folder under a document's name.</summary>
public sealed class IrregularFileTests : IDisposable
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(20);

    private readonly StoreFolder _folder = new();

    /// <summary>Its file goes when it is disposed.</summary>
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds =>
        ["pipe", "socket", "folder", "link to a device", "link to a pipe", "link to nothing", "link to itself"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Irregular_file_is_not_a_document_and_does_not_delay_others(string kind)
    {
        await MakeAsync(kind, "DOC-1.md");
        _folder.Put("DOC-2.md", StoreFolder.Text("DOC-2"));

        await _folder.Store.ReloadAsync(Cancellation).WaitAsync(WaitTimeout, Cancellation);

        Assert.Equal("DOC-2", Assert.Single(_folder.Store.All).Id.Value);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Irregular_file_that_replaces_a_listed_file_is_not_read(string kind)
    {
        await MakeAsync(kind, "DOC-1.md");

        var read = await DocumentFolder.ReadAsync(_folder.Path("DOC-1.md"), Cancellation).WaitAsync(WaitTimeout, Cancellation);

        // A folder can be opened, but not read.
        Assert.Equal(kind == "folder" ? [] : null, read);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/dev/urandom")]
    public async Task Device_file_is_never_read(string device)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Runs on Linux and other POSIX systems: Windows has no device files.");

        Assert.Empty(await DocumentFolder.ReadAsync(device, Cancellation).WaitAsync(WaitTimeout, Cancellation) ?? []);
    }

    [Fact]
    public async Task Document_replaced_by_a_pipe_is_removed_and_cannot_be_written()
    {
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1"));
        var seen = (await _folder.ReadAsync("DOC-1"))!;
        File.Delete(_folder.Path("DOC-1.md"));
        await MakeAsync("pipe", "DOC-1.md");

        var outcome = await _folder.Store.WriteAsync(seen, "new"u8.ToArray(), Cancellation).WaitAsync(WaitTimeout, Cancellation);

        Assert.Equal(WriteOutcome.Changed, outcome);
        Assert.Empty(_folder.Store.All);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("pipe")]
    [InlineData("folder")]
    [InlineData("link to nothing")]
    public async Task Creation_refuses_an_existing_file_name(string kind)
    {
        if (kind == "file")
        {
            _folder.Put("DOC-1.md", StoreFolder.Text("DOC-2"));
        }
        else
        {
            await MakeAsync(kind, "DOC-1.md");
        }

        var outcome = await CreateAsync("DOC-1").WaitAsync(WaitTimeout, Cancellation);

        Assert.Equal(WriteOutcome.Changed, outcome);
        Assert.Null(_folder.Find("DOC-1"));
        Assert.Equal(["DOC-1.md"], Directory.EnumerateFileSystemEntries(_folder.Folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Creation_detects_files_added_to_the_folder_manually()
    {
        _folder.Put("by-hand.md", StoreFolder.Text("DOC-1"));

        Assert.Equal(WriteOutcome.Changed, await CreateAsync("DOC-1"));
        Assert.Equal(WriteOutcome.Written, await CreateAsync("DOC-2"));
        Assert.Equal(["DOC-2.md", "by-hand.md"], _folder.Files());
    }

    [Fact]
    public async Task Folder_accepts_no_more_files_than_are_served()
    {
        for (var number = 0; number < DocumentFolder.MaxFiles; number++)
        {
            _folder.Put($"{number}.md", "");
        }

        Assert.Equal(WriteOutcome.Full, await CreateAsync("DOC-1"));
    }

    [Fact]
    public async Task Service_survives_the_removal_and_return_of_the_folder()
    {
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1"));
        using var watcher = new DocumentWatcher(
            _folder.Folder, _folder.Store, _folder.Settings, TimeProvider.System, NullLogger<DocumentWatcher>.Instance);
        await watcher.StartAsync(Cancellation);
        var hidden = _folder.Folder.Path + "-hidden";

        Directory.Move(_folder.Folder.Path, hidden);
        await watcher.ReloadAsync(Cancellation);
        Assert.NotNull(_folder.Find("DOC-1"));

        Directory.Move(hidden, _folder.Folder.Path);
        _folder.Put("DOC-2.md", StoreFolder.Text("DOC-2"));
        await watcher.ReloadAsync(Cancellation);
        Assert.NotNull(_folder.Find("DOC-2"));
        Assert.False(watcher.ExecuteTask!.IsFaulted);
        await watcher.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Watcher_of_a_removed_folder_does_not_fail()
    {
        using var watcher = new DocumentWatcher(
            _folder.Folder, _folder.Store, _folder.Settings, TimeProvider.System, NullLogger<DocumentWatcher>.Instance);
        var hidden = _folder.Folder.Path + "-hidden";

        Directory.Move(_folder.Folder.Path, hidden);
        var watched = watcher.Watch();
        Directory.Move(hidden, _folder.Folder.Path);

        Assert.Null(watched);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }

    private Task<WriteOutcome> CreateAsync(string id) =>
        _folder.Store.CreateAsync(DocumentId.Parse(id, null), System.Text.Encoding.UTF8.GetBytes(StoreFolder.Text(id)), Cancellation);

    private async Task MakeAsync(string kind, string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(),
            "Runs on Linux and other POSIX systems: pipes and sockets in folders, and links that need no right.");
        var path = _folder.Path(name);
        switch (kind)
        {
            case "pipe":
                await MakePipeAsync(path);
                break;
            case "socket":
                _socket.Bind(new UnixDomainSocketEndPoint(path));
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "link to a device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "link to a pipe":
                await MakePipeAsync(path + ".pipe");
                File.CreateSymbolicLink(path, path + ".pipe");
                break;
            case "link to nothing":
                File.CreateSymbolicLink(path, "/nothing/here.md");
                break;
            case "link to itself":
                File.CreateSymbolicLink(path, path);
                break;
        }
    }

    private static async Task MakePipeAsync(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        await made.WaitForExitAsync(Cancellation);
        Assert.Equal(0, made.ExitCode);
    }
}
