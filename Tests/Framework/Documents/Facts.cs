using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.Tests.Framework.Documents;

/// <summary>The shipped policy data and documents, and facts that are complete, so that a test can take away exactly one thing.</summary>
internal static class Facts
{
    public static readonly PolicyData Data = PolicyData.Load(new PolicyOptions());

    public static readonly AccessPolicy Policy = new(Data);

    public static readonly IReadOnlyDictionary<string, Document> Documents = ReadShipped();

    public static IReadOnlySet<string> GroupsOf(string person) => new HashSet<string>(person switch
    {
        "alice" => ["engineering", "finance"],
        "bob" => ["finance", "admin"],
        "carol" => ["hr"],
        "david" => ["engineering"],
        _ => throw new ArgumentOutOfRangeException(nameof(person), person, null),
    });

    public static AgentPolicy Agent(string id) => Data.Find(AgentId.Parse(id, null))!;

    public static AccessFacts Direct(string person, string document) => new()
    {
        IsPerson = true,
        HasScope = true,
        Departments = GroupsOf(person),
        Document = Documents[document],
    };

    public static AccessFacts Delegated(string person, string agent, string document) =>
        Direct(person, document) with { Delegation = Through(Agent(agent)) };

    public static Delegation Through(AgentPolicy? agent) => new(agent, RegistryState.Enabled, GrantVerdict.Granted);

    public static Document Classified(
        string[] departments, DepartmentMatch match = DepartmentMatch.Any, Sensitivity sensitivity = Sensitivity.Medium) =>
        Unclassified with { Classification = new([.. departments.Order(StringComparer.Ordinal)], match, sensitivity) };

    public static Document Unclassified { get; } = new()
    {
        Id = DocumentId.Parse("DOC-100", null),
        Title = "Made for a test",
        Content = "Text.",
        ETag = "\"1\"",
    };

    private static Dictionary<string, Document> ReadShipped()
    {
        var parser = new DocumentFile(Data.Departments);
        return Directory.EnumerateFiles(DocumentFolder.Shipped)
            .Select(file => parser.Read(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file))!)
            .ToDictionary(document => document.Id.Value);
    }
}
