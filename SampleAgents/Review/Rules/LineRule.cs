using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>One thing to look for in each line by itself.</summary>
internal abstract class LineRule(Severity severity, string rule, string message) : IReviewRule
{
    public bool AppliesTo(ReviewType type) => type is ReviewType.General or ReviewType.Compliance;

    public IEnumerable<Finding> Check(ReviewedDocument document) =>
        from line in document.Lines
        let position = Find(line.Text)
        where position is not null
        select line.Finding(severity, rule, message, position.Value);

    /// <summary>Where it is in the line; null where it is not.</summary>
    protected abstract int? Find(string line);
}
