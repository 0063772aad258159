using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

/// <summary>What one rule said.</summary>
/// <param name="Reason">Only where it denies.</param>
/// <param name="Detail">For people: what was found, and for a denial what to do about it.</param>
internal sealed record RuleVerdict(string Rule, Verdict Verdict, ReasonCode? Reason, string Detail);
