using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>One rule of a review.</summary>
internal interface IReviewRule
{
    bool AppliesTo(ReviewType type);

    IEnumerable<Finding> Check(ReviewedDocument document);
}
