using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>How it ended.</summary>
[JsonConverter(typeof(ExactWordConverter<AuditOutcome>))]
public enum AuditOutcome
{
    /// <summary>It was refused, or could not be done.</summary>
    Deny,

    /// <summary>It was done.</summary>
    Allow,
}
