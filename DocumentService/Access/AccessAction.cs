using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>An action on a document. A transaction token grants exactly one of them.</summary>
[JsonConverter(typeof(ExactWordConverter<AccessAction>))]
internal enum AccessAction
{
    Read,
    Summarize,
    Review,

    /// <summary>Creating, changing and deleting have their own endpoints.</summary>
    Create,
    Write,
    Delete,
}
