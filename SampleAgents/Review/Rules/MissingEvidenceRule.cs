using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Statements;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>What was done without an approval that anybody could show.</summary>
internal sealed class MissingEvidenceRule : IReviewRule
{
    public bool AppliesTo(ReviewType type) => type is ReviewType.General or ReviewType.Compliance;

    public IEnumerable<Finding> Check(ReviewedDocument document) =>
        from line in document.Lines
        let position = MissingEvidence.Find(line.Text)
        where position is not null
        select line.Finding(Severity.Medium, "missing.evidence",
            "An approval or a proof is missing: get it in writing and say where it is kept.", position.Value);
}
