using TraceDemo.SampleAgents.Work;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.SampleAgents.Review.Rules;

/// <summary>One thing to look for.</summary>
internal interface IReviewRule
{
    bool AppliesTo(ReviewType type);

    IEnumerable<Finding> Check(ReviewedDocument document);
}
