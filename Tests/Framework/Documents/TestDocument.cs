using TraceDemo.DocumentService.Documents;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.Tests.Framework.Documents;

/// <summary>Documents as document-service hands them to an agent.</summary>
internal static class TestDocument
{
    /// <summary>One whose metadata say nothing.</summary>
    public static AgentDocument Of(string content) => new("Title", null, content);

    public static AgentDocument Shipped(string id)
    {
        var file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Documents/store", $"{id}.md"));
        var document = new DocumentFile(Facts.Data.Departments).Read(id, file)!;
        return new AgentDocument(document.Title, document.Owner, document.Content);
    }
}
