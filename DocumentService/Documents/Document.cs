using System.Collections.Immutable;
using System.Security.Cryptography;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

/// <summary>Who may read a document. There is none for a document whose metadata is not beyond doubt.</summary>
/// <param name="Departments">Sorted; exactly <c>public</c> for a public document.</param>
internal sealed record Classification(ImmutableArray<string> Departments, DepartmentMatch Match, Sensitivity Sensitivity)
{
    /// <summary>The word that stands in place of departments when any signed-in person may read.</summary>
    public const string Public = "public";

    public bool IsPublic => Sensitivity == Sensitivity.Public;
}

/// <summary>One thing wrong with a document's metadata: which member, and what is expected there.</summary>
internal sealed record MetadataFault(string Member, string Expected);

/// <summary>One version of one document.</summary>
internal sealed record Document
{
    public required DocumentId Id { get; init; }

    public required string Title { get; init; }

    public string? Owner { get; init; }

    /// <summary>Null: unclassified, so denied to everybody.</summary>
    public Classification? Classification { get; init; }

    /// <summary>The Markdown below the front matter.</summary>
    public required string Content { get; init; }

    /// <summary>Strong validator of the whole file (RFC 9110 §8.8.3), with its quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>Why it is unclassified; empty when it is classified.</summary>
    public ImmutableArray<MetadataFault> Faults { get; init; } = [];

    public static string ETagOf(ReadOnlySpan<byte> file) => $"\"{Convert.ToHexStringLower(SHA256.HashData(file).AsSpan(0, 16))}\"";
}
