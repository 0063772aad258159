using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Policy.Facts;

[JsonConverter(typeof(ExactWordConverter<CallerType>))]
internal enum CallerType
{
    /// <summary>Nobody in person: an agent or a service by itself.</summary>
    Service,
    User,
    Delegated,
}
