using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>A document as it is handed out.</summary>
internal sealed record DocumentContent(DocumentId Id, string Title, Sensitivity Sensitivity, string? Owner, string Content);
