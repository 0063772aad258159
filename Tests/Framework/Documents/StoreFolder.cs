using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.Tests.Framework.Documents;

/// <summary>A folder of its own for one test, and a store on it.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("tracedemo-test-");

    public StoreFolder(ILogger<DocumentStore>? logger = null)
    {
        Settings = Options.Create(new DocumentsOptions { Folder = _directory.FullName });
        Folder = new DocumentFolder(Settings);
        Store = new DocumentStore(Folder, new DocumentFile(Facts.Data.Departments), logger ?? NullLogger<DocumentStore>.Instance);
    }

    public IOptions<DocumentsOptions> Settings { get; }

    public DocumentFolder Folder { get; }

    public DocumentStore Store { get; }

    public static string Text(string id, string title = "Title", string departments = "finance") => $"""
        ---
        id: {id}
        title: {title}
        departments: [{departments}]
        match: any
        sensitivity: {(departments == "public" ? "public" : "low")}
        owner: Someone
        ---
        Text of {title}.
        """;

    public string Path(string file) => System.IO.Path.Combine(_directory.FullName, file);

    public void Put(string file, string text) => File.WriteAllText(Path(file), text);

    public Document? Find(string id) => Store.Find(DocumentId.Parse(id, null));

    public async Task<Document?> ReadAsync(string id)
    {
        await Store.ReloadAsync(TestContext.Current.CancellationToken);
        return Find(id);
    }

    public string[] Files() =>
        [.. _directory.EnumerateFiles("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }).Select(file => file.Name)
            .Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        Store.Dispose();
        Folder.Dispose();
        _directory.Delete(recursive: true);
    }
}
