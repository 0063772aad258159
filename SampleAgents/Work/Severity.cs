using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.SampleAgents.Work;

/// <summary>How much a finding matters.</summary>
[JsonConverter(typeof(ExactWordConverter<Severity>))]
public enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}
