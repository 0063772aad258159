using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Documents;

/// <summary>
/// All documents, in memory, as last read from the folder. Readers never wait: a reload or a write replaces the whole set.
/// </summary>
internal sealed partial class DocumentStore(DocumentFolder folder, DocumentFile parser, ILogger<DocumentStore> logger) : IDisposable
{
    private static readonly MetadataFault DuplicateId = new("id", "an id that no other file has");

    private readonly SemaphoreSlim _semaphore = new(1);
    private volatile Contents _contents = Contents.None;

    /// <summary>Sorted by id.</summary>
    public ImmutableArray<Document> All => _contents.All;

    /// <summary>The entity tag of all documents together.</summary>
    public string ETag => _contents.ETag;

    public Document? Find(DocumentId id) => _contents.ById.GetValueOrDefault(id)?.Document;

    /// <summary>Parses a file with this content as that document, without storing it.</summary>
    public Document Preview(DocumentId id, ReadOnlySpan<byte> file) => parser.Read(id.Value, file)!;

    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            await ReadFolderAsync(cancellationToken);
        }
        finally
        {
            _semaphore.Release();
        }
    }

    /// <summary>Replaces <paramref name="seen"/> with a new version, or removes it if <paramref name="content"/> is null.</summary>
    public async Task<WriteOutcome> WriteAsync(Document seen, byte[]? content, CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            // The folder may be edited by hand: compare with the current file, not with the last one read.
            var unchanged = _contents.ById.TryGetValue(seen.Id, out var stored)
                && await DocumentFolder.ReadAsync(stored.File, cancellationToken) is { } current
                && Document.ETagOf(current) == seen.ETag;
            if (unchanged && stored is not null)
            {
                await ReplaceAsync(stored, content, cancellationToken);
            }
            // Once the file has changed, memory must follow, even if the caller has disconnected.
            await ReadFolderAsync(CancellationToken.None);
            return unchanged ? WriteOutcome.Written : WriteOutcome.Changed;
        }
        finally
        {
            _semaphore.Release();
        }
    }

    /// <summary>Stores a new document.</summary>
    public async Task<WriteOutcome> CreateAsync(DocumentId id, byte[] content, CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            // It may have been added to the folder by hand, under another file name.
            await ReadFolderAsync(cancellationToken);
            if (_contents.ById.ContainsKey(id))
            {
                return WriteOutcome.Changed;
            }

            if (folder.Files().Count() >= DocumentFolder.MaxFiles)
            {
                return WriteOutcome.Full;
            }

            var created = await folder.TryCreateAsync(id, content, cancellationToken);
            await ReadFolderAsync(CancellationToken.None);
            return created ? WriteOutcome.Written : WriteOutcome.Changed;
        }
        finally
        {
            _semaphore.Release();
        }
    }

    public void Dispose() => _semaphore.Dispose();

    private async Task ReplaceAsync(Entry stored, byte[]? content, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            File.Delete(stored.File);
            return;
        }

        await folder.ReplaceAsync(stored.File, content, cancellationToken);
    }

    private async Task ReadFolderAsync(CancellationToken cancellationToken)
    {
        var entries = new List<Entry>();
        var files = folder.Files().ToArray();
        if (files.Length > DocumentFolder.MaxFiles)
        {
            LogTooManyFiles(files.Length, DocumentFolder.MaxFiles);
        }

        foreach (var file in files.Take(DocumentFolder.MaxFiles))
        {
            if (await DocumentFolder.ReadAsync(file, cancellationToken) is not { } bytes)
            {
                continue;
            }

            if (parser.Read(Path.GetFileNameWithoutExtension(file), bytes) is { } document)
            {
                entries.Add(new Entry(document, file));
            }
            else
            {
                LogFileUnnamed(Path.GetFileName(file));
            }
        }

        var before = _contents;
        var now = Contents.Of(entries.GroupBy(entry => entry.Document.Id).Select(Unambiguous));
        _contents = now;
        if (now.ETag != before.ETag)
        {
            Report(now);
        }
    }

    /// <summary>Two files with one id: it is unclear which rules apply, so neither is readable.</summary>
    private static Entry Unambiguous(IGrouping<DocumentId, Entry> sameId)
    {
        var first = sameId.First();
        return sameId.Skip(1).Any()
            ? first with { Document = first.Document with { Classification = null, Faults = first.Document.Faults.Add(DuplicateId) } }
            : first;
    }

    private void Report(Contents contents)
    {
        foreach (var document in contents.All.Where(document => document.Classification is null))
        {
            LogUnclassified(document.Id, string.Join(", ", document.Faults.Select(fault => fault.Member)));
        }

        LogLoaded(contents.All.Length, folder.Path);
    }

    [LoggerMessage(EventName = "documents.loaded", Level = LogLevel.Information, Message = "{Count} documents loaded from {Folder}")]
    private partial void LogLoaded(int count, string folder);

    [LoggerMessage(EventName = "documents.unclassified", Level = LogLevel.Warning,
        Message = "Document {Document} is denied to everyone until its metadata is corrected: {Members}")]
    private partial void LogUnclassified(DocumentId document, string members);

    [LoggerMessage(EventName = "documents.file_unnamed", Level = LogLevel.Warning,
        Message = "File {File} is ignored: neither its content nor its name contains a document id")]
    private partial void LogFileUnnamed(string file);

    [LoggerMessage(EventName = "documents.too_many_files", Level = LogLevel.Error,
        Message = "The folder contains {Count} documents; only the first {Maximum} are served")]
    private partial void LogTooManyFiles(int count, int maximum);

    private sealed record Entry(Document Document, string File);

    private sealed record Contents(FrozenDictionary<DocumentId, Entry> ById, ImmutableArray<Document> All, string ETag)
    {
        public static readonly Contents None = Of([]);

        public static Contents Of(IEnumerable<Entry> entries)
        {
            var byId = entries.ToFrozenDictionary(entry => entry.Document.Id);
            ImmutableArray<Document> all = [
                .. byId.Values.Select(entry => entry.Document).OrderBy(document => document.Id.Value, StringComparer.Ordinal)];
            return new(byId, all, Document.ETagOf(Encoding.UTF8.GetBytes(string.Join('\n', all.Select(Version)))));
        }

        private static string Version(Document document) => $"{document.Id} {document.ETag} {document.Classification is null}";
    }
}
