using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Documents;

/// <summary>A document in the list, without content. For an unclassified one, none of its metadata is shown.</summary>
internal sealed record DocumentSummary(DocumentId Id, string Title, bool Classified, ImmutableArray<string> Departments)
{
    public DepartmentMatch? Match { get; init; }

    public Sensitivity? Sensitivity { get; init; }

    public string? Owner { get; init; }

    [JsonPropertyName("etag")]
    public required string ETag { get; init; }

    public static DocumentSummary Of(Document document) => document.Classification is { } classification
        ? new(document.Id, document.Title, true, classification.Departments)
        {
            Match = classification.Match,
            Sensitivity = classification.Sensitivity,
            Owner = document.Owner,
            ETag = document.ETag,
        }
        : new(document.Id, document.Id.Value, false, []) { ETag = document.ETag };
}
