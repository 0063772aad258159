using TraceDemo.Contracts;
using TraceDemo.DocumentService.Policy.Facts;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>A document with doubtful metadata is denied to everyone.</summary>
internal sealed class MetadataRule : PolicyRule
{
    private readonly RuleVerdict _classified;
    private readonly RuleVerdict _unclassified;
    private readonly RuleVerdict _absent;

    public MetadataRule()
        : base("metadata")
    {
        _classified = Pass("The document's metadata is valid.");
        _unclassified = Deny(AccessReasons.DocumentUnclassified,
            "The document's metadata is missing, invalid or ambiguous. Its owner must correct the file.");
        _absent = Deny(AccessReasons.DocumentUnclassified, "The document does not exist.");
    }

    public override RuleVerdict Judge(AccessFacts facts, PermissionIntersection permissions) =>
        facts.Document is not { } document ? _absent : document.Classification is null ? _unclassified : _classified;
}
