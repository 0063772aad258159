namespace TraceDemo.DocumentService.Documents;

/// <summary>An error in a document's metadata: the member, and its expected value.</summary>
internal sealed record MetadataFault(string Member, string Expected);
