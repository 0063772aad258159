using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

/// <summary>How sensitive a document is, and up to what sensitivity an agent is cleared. In rising order: the policy compares.</summary>
[JsonConverter(typeof(ExactWordConverter<Sensitivity>))]
internal enum Sensitivity
{
    Public,
    Low,
    Medium,
    High,
    Critical,
}
