using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.SampleAgents.Work;

/// <summary>The severity of a finding.</summary>
[JsonConverter(typeof(ExactWordConverter<Severity>))]
public enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}
