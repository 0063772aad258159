using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.AgentService.Agents.Review.Rules;

/// <summary>One thing to look for.</summary>
internal interface IReviewRule
{
    bool AppliesTo(ReviewType type);

    IEnumerable<Finding> Check(ReviewedDocument document);
}
