using System.Collections.Immutable;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.Benchmarks.Bare;

/// <summary>The policy, its data and the documents included in document-service.</summary>
internal static class ShippedPolicy
{
    public static AccessPolicy Policy { get; } = new(PolicyData.Load(new PolicyOptions()));

    public static ImmutableArray<Document> Documents { get; } = Read();

    public static Document Document(string id) => Documents.Single(document => document.Id.Value == id);

    public static AccessFacts AliceWithGpt4(Document document) => new()
    {
        IsPerson = true,
        HasScope = true,
        Departments = new HashSet<string>(["engineering", "finance"]),
        Document = document,
        Delegation = new(Policy.Data.Find(AgentId.Parse("gpt4", null)), RegistryState.Enabled, GrantVerdict.Granted),
    };

    private static ImmutableArray<Document> Read()
    {
        var parser = new DocumentFile(Policy.Data.Departments);
        return [.. Directory.EnumerateFiles(DocumentFolder.Shipped)
            .Select(file => parser.Read(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file))!)];
    }
}
