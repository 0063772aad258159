using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>Like <see cref="AccessLog"/>, with the acting agent.</summary>
internal static partial class DelegatedAccessLog
{
    [LoggerMessage(EventName = "delegated_access.allowed", Level = LogLevel.Information,
        Message = "{Person} with agent {Agent} may use {Document}: {Reason}")]
    public static partial void Allowed(ILogger logger, string person, string agent, DocumentId document, ReasonCode reason);

    [LoggerMessage(EventName = "delegated_access.denied", Level = LogLevel.Information,
        Message = "{Person} with agent {Agent} may not use {Document}: {Reason} by rule {Rule}")]
    public static partial void Denied(ILogger logger, string person, string agent, DocumentId document, ReasonCode reason, string rule);
}
