using System.ComponentModel.DataAnnotations;
using TraceDemo.Contracts;

namespace TraceDemo.AgentService.DelegatedAccess;

/// <summary>Reads unless told otherwise; the type of review counts only where the action is a review.</summary>
internal sealed record AgentAccessRequest
{
    [Required]
    public DocumentId? DocumentId { get; init; }

    public AgentAction? Action { get; init; }

    public ReviewType? ReviewType { get; init; }
}
