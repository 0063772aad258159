using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Documents;

internal static partial class DocumentsLog
{
    [LoggerMessage(EventName = "documents.loaded", Level = LogLevel.Information, Message = "{Count} documents loaded from {Folder}")]
    public static partial void Loaded(ILogger logger, int count, string folder);

    [LoggerMessage(EventName = "documents.unclassified", Level = LogLevel.Warning,
        Message = "Document {Document} is denied to everyone until its metadata is corrected: {Members}")]
    public static partial void Unclassified(ILogger logger, DocumentId document, string members);

    [LoggerMessage(EventName = "documents.file_unnamed", Level = LogLevel.Warning,
        Message = "File {File} is ignored: neither its content nor its name contains a document id")]
    public static partial void FileUnnamed(ILogger logger, string file);

    [LoggerMessage(EventName = "documents.too_many_files", Level = LogLevel.Error,
        Message = "The folder contains {Count} documents; only the first {Maximum} are served")]
    public static partial void TooManyFiles(ILogger logger, int count, int maximum);

    [LoggerMessage(EventName = "documents.reload_failed", Level = LogLevel.Error,
        Message = "The document folder could not be read; the documents read before remain")]
    public static partial void ReloadFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventName = "documents.watch_failed", Level = LogLevel.Warning,
        Message = "The document folder cannot be watched; it is read again every {Interval} instead")]
    public static partial void WatchFailed(ILogger logger, Exception exception, TimeSpan interval);
}
