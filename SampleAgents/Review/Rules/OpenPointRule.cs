using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Statements;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>Places that the author meant to come back to.</summary>
internal sealed class OpenPointRule : IReviewRule
{
    public bool AppliesTo(ReviewType type) => type is ReviewType.General or ReviewType.Compliance;

    public IEnumerable<Finding> Check(ReviewedDocument document) =>
        from line in document.Lines
        let position = OpenPoints.Find(line.Text)
        where position is not null
        select line.Finding(Severity.Medium, "content.open_point", "An open point: settle it or take it out.", position.Value);
}
