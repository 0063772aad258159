using System.ComponentModel.DataAnnotations;
using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Access;

/// <summary>The body of <c>POST /access</c>. Who asks is in the token, never here.</summary>
/// <param name="DocumentId">Required.</param>
/// <param name="Action">Read, summarize or review; read unless given.</param>
internal sealed record AccessRequest([property: Required] DocumentId? DocumentId = null, AccessAction? Action = null);
