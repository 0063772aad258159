using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.DocumentService.Access;

/// <summary>A released document.</summary>
internal sealed record DocumentContent(DocumentId Id, string Title, Sensitivity Sensitivity, string? Owner, string Content);
