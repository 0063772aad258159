using TraceDemo.Contracts;

namespace TraceDemo.UserService.DirectAccess;

internal sealed record DirectAccessRequest(DocumentId? DocumentId);
