using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Audit;
using TraceDemo.ServiceDefaults.Authentication;

namespace TraceDemo.DocumentService.Access;

/// <summary>One attempt at one document.</summary>
/// <param name="Audit">The caller and the audit of the request.</param>
/// <param name="TransactionToken">As received, unchecked; null if there was not exactly one.</param>
internal sealed record AccessAttempt(AuditedRequest Audit, DocumentId Document, AccessAction Action, string? TransactionToken)
{
    public Caller Caller => Audit.Caller;

    /// <summary>Writing requires its own scope.</summary>
    public string Scope => Action is AccessAction.Create or AccessAction.Write or AccessAction.Delete
        ? "documents:write" : "documents:read";
}
