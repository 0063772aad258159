using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Rules;

[JsonConverter(typeof(ExactWordConverter<Verdict>))]
internal enum Verdict
{
    Deny,
    Pass,

    /// <summary>The rule does not apply to this access: no agent, or a grant in a what-if query.</summary>
    NotApplicable,
}
