using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy;

[JsonConverter(typeof(ExactWordConverter<Verdict>))]
internal enum Verdict
{
    Deny,
    Pass,

    /// <summary>The rule is about something that this access does not have: an agent, or a grant in a what-if.</summary>
    NotApplicable,
}

/// <summary>What one rule said.</summary>
/// <param name="Reason">Only where it denies.</param>
/// <param name="Detail">For people: what was found, and for a denial what to do about it.</param>
internal sealed record RuleVerdict(string Rule, Verdict Verdict, ReasonCode? Reason, string Detail);
