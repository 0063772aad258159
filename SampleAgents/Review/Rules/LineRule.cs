using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>A rule that checks each line separately.</summary>
internal abstract class LineRule(Severity severity, string rule, string message) : IReviewRule
{
    public bool AppliesTo(ReviewType type) => type is ReviewType.General or ReviewType.Compliance;

    public IEnumerable<Finding> Check(ReviewedDocument document) =>
        from line in document.Lines
        let position = Find(line.Text)
        where position is not null
        select line.Finding(severity, rule, message, position.Value);

    /// <summary>The position of the match in the line; null without a match.</summary>
    protected abstract int? Find(string line);
}
