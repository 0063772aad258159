namespace TraceDemo.DocumentService.Documents;

/// <summary>One thing wrong with a document's metadata: which member, and what is expected there.</summary>
internal sealed record MetadataFault(string Member, string Expected);
