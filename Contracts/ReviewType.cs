using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts;

/// <summary>What a review looks for.</summary>
[JsonConverter(typeof(ExactWordConverter<ReviewType>))]
public enum ReviewType
{
    /// <summary>Is it finished and clear?</summary>
    General,

    /// <summary>Does it say who answers for it, and leave out what must not be in it?</summary>
    Compliance,

    /// <summary>Does it give anything away?</summary>
    Security,
}
