using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

/// <summary>A document's sensitivity, and an agent's clearance. In ascending order: the policy compares them.</summary>
[JsonConverter(typeof(ExactWordConverter<Sensitivity>))]
internal enum Sensitivity
{
    Public,
    Low,
    Medium,
    High,
    Critical,
}
