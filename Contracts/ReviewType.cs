using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts;

/// <summary>The subject of a review.</summary>
[JsonConverter(typeof(ExactWordConverter<ReviewType>))]
public enum ReviewType
{
    /// <summary>Completeness and clarity.</summary>
    General,

    /// <summary>A named owner, and no prohibited content.</summary>
    Compliance,

    /// <summary>No disclosure of secrets.</summary>
    Security,
}
