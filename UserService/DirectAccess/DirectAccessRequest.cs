using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.UserService.DirectAccess;

internal sealed record DirectAccessRequest(DocumentId? DocumentId);
