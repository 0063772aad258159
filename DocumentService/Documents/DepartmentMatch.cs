using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

/// <summary>Whether one of a document's departments is enough, or all are required.</summary>
[JsonConverter(typeof(ExactWordConverter<DepartmentMatch>))]
internal enum DepartmentMatch
{
    Any,
    All,
}
