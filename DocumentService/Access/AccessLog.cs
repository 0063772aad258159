using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

internal static partial class AccessLog
{
    [LoggerMessage(EventName = "access.allowed", Level = LogLevel.Information, Message = "{Person} may use {Document}: {Reason}")]
    public static partial void Allowed(ILogger logger, string person, DocumentId document, ReasonCode reason);

    [LoggerMessage(EventName = "access.denied", Level = LogLevel.Information,
        Message = "{Person} may not use {Document}: {Reason} by rule {Rule}")]
    public static partial void Denied(ILogger logger, string person, DocumentId document, ReasonCode reason, string rule);

    [LoggerMessage(EventName = "access.not_done", Level = LogLevel.Information,
        Message = "{Person} could not {Action} {Document}: {Reason}")]
    public static partial void NotDone(ILogger logger, string person, string action, DocumentId document, ReasonCode reason);
}
