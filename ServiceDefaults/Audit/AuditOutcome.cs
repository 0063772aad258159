using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>The outcome of an action.</summary>
[JsonConverter(typeof(ExactWordConverter<AuditOutcome>))]
public enum AuditOutcome
{
    /// <summary>The action was denied or failed.</summary>
    Deny,

    /// <summary>The action was completed.</summary>
    Allow,
}
