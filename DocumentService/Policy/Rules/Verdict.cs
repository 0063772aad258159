using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

[JsonConverter(typeof(ExactWordConverter<Verdict>))]
internal enum Verdict
{
    Deny,
    Pass,

    /// <summary>The rule is about something that this access does not have: an agent, or a grant in a what-if.</summary>
    NotApplicable,
}
