using System.ComponentModel.DataAnnotations;
using TraceDemo.Contracts;

namespace TraceDemo.DocumentService.Access;

/// <summary>The body of <c>POST /access</c>. Only the token identifies the caller.</summary>
/// <param name="DocumentId">Required.</param>
/// <param name="Action">Read, summarize or review; defaults to read.</param>
internal sealed record AccessRequest([property: Required] DocumentId? DocumentId = null, AccessAction? Action = null);
