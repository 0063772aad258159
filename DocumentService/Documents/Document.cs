using System.Collections.Immutable;
using System.Security.Cryptography;
using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Documents;

/// <summary>One version of one document.</summary>
internal sealed record Document
{
    public required DocumentId Id { get; init; }

    public required string Title { get; init; }

    public string? Owner { get; init; }

    /// <summary>Null: unclassified, so access is denied to everyone.</summary>
    public Classification? Classification { get; init; }

    /// <summary>The Markdown below the front matter.</summary>
    public required string Content { get; init; }

    /// <summary>Strong validator of the whole file (RFC 9110 §8.8.3), with its quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>Why it is unclassified; empty if it is classified.</summary>
    public ImmutableArray<MetadataFault> Faults { get; init; } = [];

    public static string ETagOf(ReadOnlySpan<byte> file) => $"\"{Convert.ToHexStringLower(SHA256.HashData(file).AsSpan(0, 16))}\"";
}
