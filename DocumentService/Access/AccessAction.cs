using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>What is to be done with a document. A transaction token grants exactly one of them.</summary>
[JsonConverter(typeof(ExactWordConverter<AccessAction>))]
internal enum AccessAction
{
    Read,
    Summarize,
    Review,

    /// <summary>Creating, changing and deleting have endpoints of their own.</summary>
    Create,
    Write,
    Delete,
}
