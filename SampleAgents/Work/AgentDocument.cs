namespace TraceDemo.SampleAgents.Work;

/// <summary>A released document, as an agent sees it.</summary>
/// <param name="Title">From the document's metadata.</param>
/// <param name="Owner">From the metadata, too; null if it names none.</param>
/// <param name="Content">The Markdown below the metadata.</param>
public sealed record AgentDocument(string Title, string? Owner, string Content);
