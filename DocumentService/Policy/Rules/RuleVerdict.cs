using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>The result of one rule.</summary>
/// <param name="Reason">Set only for a denial.</param>
/// <param name="Detail">For people: the finding, and for a denial the remedy.</param>
internal sealed record RuleVerdict(string Rule, Verdict Verdict, ReasonCode? Reason, string Detail);
