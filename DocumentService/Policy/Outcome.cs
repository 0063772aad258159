using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy;

[JsonConverter(typeof(ExactWordConverter<Outcome>))]
internal enum Outcome
{
    Deny,
    Allow,
}
