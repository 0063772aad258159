using System.ComponentModel.DataAnnotations;
using TraceDemo.Contracts;

namespace TraceDemo.UserService.DirectAccess;

internal sealed record DirectAccessRequest([property: Required] DocumentId? DocumentId);
