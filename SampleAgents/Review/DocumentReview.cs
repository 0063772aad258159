using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Review.Rules;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review;

/// <summary>Applies the rules of one kind of review to a document.</summary>
internal static class DocumentReview
{
    public const int MaxFindings = 100;
    public const int MaxFindingsPerRule = 25;

    private static readonly IReviewRule[] Rules =
    [
        new SecretRule(),
        new PersonalDataRule(),
        new NetworkAddressRule(),
        MissingStatementRule.Owner,
        MissingStatementRule.Date,
        MissingStatementRule.Approval,
        new OpenPointRule(),
        new EmptyFieldRule(),
        new MissingEvidenceRule(),
        new VagueCommitmentRule(),
        new UnlabelledNumberRule(),
    ];

    /// <summary>The findings by severity and then by line, limited per rule,
    /// so that many findings of one rule do not hide those of others.</summary>
    public static IReadOnlyList<Finding> Run(AgentDocument source, ReviewType type)
    {
        var document = new ReviewedDocument(source);
        var findings = Rules.Where(rule => rule.AppliesTo(type)).SelectMany(rule => rule.Check(document).Take(MaxFindingsPerRule));
        return [.. findings
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Line)
            .Take(MaxFindings)];
    }
}
