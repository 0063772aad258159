using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>One thing to look for.</summary>
internal interface IReviewRule
{
    bool AppliesTo(ReviewType type);

    IEnumerable<Finding> Check(ReviewedDocument document);
}
