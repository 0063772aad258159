using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;

namespace TraceDemo.DocumentService.Access;

/// <summary>A document as it is handed out.</summary>
internal sealed record DocumentContent(DocumentId Id, string Title, Sensitivity Sensitivity, string? Owner, string Content);
