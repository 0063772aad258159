using System.Text;
using Microsoft.Extensions.Options;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.Tests.Documents;

public sealed class DocumentStoreTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_files_with_one_id_make_that_document_unclassified_and_no_other()
    {
        _folder.Put("a.md", StoreFolder.Text("DOC-1"));
        _folder.Put("b.md", StoreFolder.Text("DOC-1", departments: "public"));
        _folder.Put("c.md", StoreFolder.Text("DOC-2"));

        Assert.Null((await _folder.ReadAsync("DOC-1"))!.Classification);
        Assert.NotNull(_folder.Find("DOC-2")!.Classification);
        Assert.Equal(["DOC-1", "DOC-2"], _folder.Store.All.Select(document => document.Id.Value));
    }

    [Fact]
    public async Task File_that_claims_the_name_of_another_makes_both_unclassified()
    {
        _folder.Put("DOC-1.md", "no metadata");
        _folder.Put("other.md", StoreFolder.Text("DOC-1", departments: "public"));

        Assert.Null((await _folder.ReadAsync("DOC-1"))!.Classification);
    }

    [Fact]
    public async Task Removing_the_double_makes_the_document_readable_again()
    {
        _folder.Put("a.md", StoreFolder.Text("DOC-1"));
        _folder.Put("b.md", StoreFolder.Text("DOC-1"));
        Assert.Null((await _folder.ReadAsync("DOC-1"))!.Classification);

        File.Delete(_folder.Path("b.md"));

        Assert.NotNull((await _folder.ReadAsync("DOC-1"))!.Classification);
    }

    [Fact]
    public async Task Unclassified_document_is_denied_to_everybody()
    {
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1", departments: "finance, nonsense"));
        var document = await _folder.ReadAsync("DOC-1");

        foreach (var person in new[] { "alice", "bob", "carol", "david" })
        {
            Assert.Equal(AccessReasons.DocumentUnclassified,
                Facts.Policy.Decide(Facts.Direct(person, "DOC-007") with { Document = document }).Reason);
            Assert.Equal(AccessReasons.DocumentUnclassified,
                Facts.Policy.Decide(Facts.Delegated(person, "claude", "DOC-007") with { Document = document }).Reason);
        }
    }

    [Fact]
    public async Task Links_out_of_the_folder_and_unfinished_writes_are_not_read()
    {
        File.CreateSymbolicLink(_folder.Path("link.md"), Path.Combine(DocumentFolder.Shipped, "DOC-001.md"));
        _folder.Put(".DOC-1.md", StoreFolder.Text("DOC-1"));
        _folder.Put("DOC-2.md.tmp", StoreFolder.Text("DOC-2"));

        await _folder.Store.ReloadAsync(Cancellation);

        Assert.Empty(_folder.Store.All);
    }

    [Fact]
    public async Task Write_replaces_the_file_the_document_came_from_and_leaves_nothing_behind()
    {
        _folder.Put("roadmap.md", StoreFolder.Text("DOC-1", "Old"));
        var seen = (await _folder.ReadAsync("DOC-1"))!;

        var outcome = await WriteAsync(seen, StoreFolder.Text("DOC-1", "New"));

        Assert.Equal(WriteOutcome.Written, outcome);
        Assert.Equal("New", _folder.Find("DOC-1")!.Title);
        Assert.NotEqual(seen.ETag, _folder.Find("DOC-1")!.ETag);
        Assert.Equal(StoreFolder.Text("DOC-1", "New"), await File.ReadAllTextAsync(_folder.Path("roadmap.md"), Cancellation));
        Assert.Equal(["roadmap.md"], _folder.Files());
    }

    [Fact]
    public async Task Delete_removes_the_file_and_the_document()
    {
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1"));

        Assert.Equal(WriteOutcome.Written, await WriteAsync((await _folder.ReadAsync("DOC-1"))!, null));
        Assert.Null(_folder.Find("DOC-1"));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task Write_is_refused_when_the_file_was_edited_by_hand_since()
    {
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1", "Old"));
        var seen = (await _folder.ReadAsync("DOC-1"))!;
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1", "By hand"));

        Assert.Equal(WriteOutcome.Changed, await WriteAsync(seen, StoreFolder.Text("DOC-1", "New")));
        Assert.Equal(WriteOutcome.Changed, await WriteAsync(seen, null));
        Assert.Equal("By hand", _folder.Find("DOC-1")!.Title);
    }

    [Fact]
    public async Task Write_is_refused_when_the_file_is_gone()
    {
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1"));
        var seen = (await _folder.ReadAsync("DOC-1"))!;
        File.Delete(_folder.Path("DOC-1.md"));

        Assert.Equal(WriteOutcome.Changed, await WriteAsync(seen, StoreFolder.Text("DOC-1", "New")));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public async Task Exactly_one_of_many_concurrent_writers_of_a_version_succeeds()
    {
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1", "Old"));
        var seen = (await _folder.ReadAsync("DOC-1"))!;

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(writer => WriteAsync(seen, StoreFolder.Text("DOC-1", $"Writer {writer}"))));

        Assert.Single(outcomes, WriteOutcome.Written);
        Assert.Equal($"Writer {Array.IndexOf(outcomes, WriteOutcome.Written)}", _folder.Find("DOC-1")!.Title);
    }

    [Fact]
    public async Task Reader_sees_the_old_version_or_the_new_one_and_never_a_mixture()
    {
        string[] texts = [StoreFolder.Text("DOC-1", "A") + new string('a', 30_000),
            StoreFolder.Text("DOC-1", "B") + new string('b', 60_000)];
        _folder.Put("DOC-1.md", texts[0]);
        await _folder.ReadAsync("DOC-1");
        using var done = new CancellationTokenSource();
        var reader = Task.Run(
            async () =>
            {
                var seen = new HashSet<string>(StringComparer.Ordinal);
                while (!done.IsCancellationRequested)
                {
                    seen.Add(Encoding.UTF8.GetString((await DocumentFolder.ReadAsync(_folder.Path("DOC-1.md"), Cancellation))!));
                }

                return seen;
            },
            Cancellation);

        for (var round = 1; round <= 50; round++)
        {
            Assert.Equal(WriteOutcome.Written, await WriteAsync(_folder.Find("DOC-1")!, texts[round % 2]));
        }

        await done.CancelAsync();

        Assert.Subset(texts.ToHashSet(StringComparer.Ordinal), await reader);
    }

    [Fact]
    public async Task Failed_write_keeps_the_old_version_and_leaves_nothing_behind()
    {
        _folder.Put("DOC-1.md", StoreFolder.Text("DOC-1", "Old"));
        var seen = (await _folder.ReadAsync("DOC-1"))!;
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _folder.Folder.ReplaceAsync(_folder.Path("DOC-1.md"), new byte[10], gone.Token));
        Assert.Equal(["DOC-1.md"], _folder.Files());
        Assert.Equal(seen.ETag, (await _folder.ReadAsync("DOC-1"))!.ETag);
    }

    [Fact]
    public void Without_a_configured_folder_the_included_documents_are_copied_and_the_copy_is_deleted_at_shutdown()
    {
        var folder = new DocumentFolder(Options.Create(new DocumentsOptions()));

        Assert.NotEqual(DocumentFolder.Shipped, folder.Path);
        Assert.Equal(7, folder.Files().Count());
        folder.Dispose();
        Assert.False(Directory.Exists(folder.Path));
        Assert.True(Directory.Exists(DocumentFolder.Shipped));
    }

    [Fact]
    public void Configured_folder_must_exist_and_stays_when_the_service_stops()
    {
        var missing = Options.Create(new DocumentsOptions { Folder = _folder.Path("missing") });

        Assert.Throws<DirectoryNotFoundException>(() => new DocumentFolder(missing));
        _folder.Folder.Dispose();
        Assert.True(Directory.Exists(_folder.Folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private Task<WriteOutcome> WriteAsync(Document seen, string? text) =>
        _folder.Store.WriteAsync(seen, text is null ? null : Encoding.UTF8.GetBytes(text), Cancellation);
}
