using Microsoft.Extensions.Options;
using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Documents;

/// <summary>The store's folder; reads and replaces files so that no reader ever sees a partial file.</summary>
internal sealed class DocumentFolder : IDisposable
{
    public const string Pattern = "*.md";
    public const int MaxFiles = 1000;

    /// <summary>Links are not followed, and files that begin with a dot are unfinished writes.</summary>
    private static readonly EnumerationOptions PlainFiles = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
        MatchType = MatchType.Simple,
    };

    private readonly bool _temporary;

    public DocumentFolder(IOptions<DocumentsOptions> options)
    {
        _temporary = string.IsNullOrWhiteSpace(options.Value.Folder);
        Path = _temporary ? CopyOfShippedDocuments() : System.IO.Path.GetFullPath(options.Value.Folder!);
        if (!Directory.Exists(Path))
        {
            throw new DirectoryNotFoundException(
                $"Documents:Folder '{Path}' does not exist. Create it, or leave the setting out to work on a copy of the shipped "
                + "documents.");
        }
    }

    public static string Shipped => System.IO.Path.Combine(AppContext.BaseDirectory, "Documents", "store");

    public string Path { get; }

    /// <summary>Sorted by name, so that each reload gives the same result.</summary>
    public IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Path, Pattern, PlainFiles).Order(StringComparer.Ordinal);

    /// <summary>
    /// The file's bytes, one more than allowed if it is too large; null if it is gone or not a regular file. An unreadable file
    /// yields no bytes, so it is unclassified and does not block the others.
    /// </summary>
    public static async Task<byte[]?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = RegularFile.OpenRead(file);
            if (stream is null)
            {
                return null;
            }
            // A device has no length, and may never end.
            if (stream.Length == 0)
            {
                return [];
            }

            var buffer = new byte[(int)Math.Min(stream.Length, DocumentFile.MaxBytes) + 1];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return buffer[..length];
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Written next to the target, flushed to disk, then renamed over
    /// it: readers see the old version or the new one, never a mixture.</summary>
    public Task ReplaceAsync(string file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(file, content, overwrite: true, cancellationToken);

    /// <summary>Like a replacement, under the document's own name; false if that name is in use.</summary>
    public async Task<bool> TryCreateAsync(DocumentId id, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var file = System.IO.Path.Combine(Path, $"{id}.md");
        try
        {
            await WriteAsync(file, content, overwrite: false, cancellationToken);
            return true;
        }
        catch (IOException) when (System.IO.Path.Exists(file) || new FileInfo(file).LinkTarget is not null)
        {
            return false;
        }
    }

    private async Task WriteAsync(string file, ReadOnlyMemory<byte> content, bool overwrite, CancellationToken cancellationToken)
    {
        var unfinished = System.IO.Path.Combine(Path, $".{Guid.NewGuid():n}.tmp");
        try
        {
            await using (var stream = new FileStream(
                unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            {
                await stream.WriteAsync(content, cancellationToken);
                // .NET has no asynchronous fsync; it must not block a thread that serves a request.
                await Task.Run(() => stream.Flush(flushToDisk: true), cancellationToken);
            }

            File.Move(unfinished, file, overwrite);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public void Dispose()
    {
        if (_temporary && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static string CopyOfShippedDocuments()
    {
        var copy = Directory.CreateTempSubdirectory("tracedemo-documents-").FullName;
        foreach (var file in Directory.EnumerateFiles(Shipped, Pattern))
        {
            File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }
}
