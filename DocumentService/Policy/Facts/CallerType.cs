using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Facts;

[JsonConverter(typeof(ExactWordConverter<CallerType>))]
internal enum CallerType
{
    /// <summary>No person: an agent or a service alone.</summary>
    Service,
    User,
    Delegated,
}
