using System.ComponentModel.DataAnnotations;
using TraceDemo.Contracts;

namespace TraceDemo.AgentService.DelegatedAccess;

/// <summary>The default action is read; the review type applies only to reviews.</summary>
internal sealed record AgentAccessRequest
{
    [Required]
    public DocumentId? DocumentId { get; init; }

    public AgentAction? Action { get; init; }

    public ReviewType? ReviewType { get; init; }
}
