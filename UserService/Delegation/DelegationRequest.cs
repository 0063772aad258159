using System.ComponentModel.DataAnnotations;
using TraceDemo.Contracts;

namespace TraceDemo.UserService.Delegation;

/// <summary>The default action is read; the review type applies only to reviews.</summary>
internal sealed record DelegationRequest
{
    [Required]
    public AgentId? AgentId { get; init; }

    [Required]
    public DocumentId? DocumentId { get; init; }

    public AgentAction? Action { get; init; }

    public ReviewType? ReviewType { get; init; }

    public string[] Missing() => [
        .. AgentId is null ? ["agentId"] : Array.Empty<string>(), .. DocumentId is null ? ["documentId"] : Array.Empty<string>()];
}
