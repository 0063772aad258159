using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>One attempt at one document.</summary>
/// <param name="TransactionToken">As it came, unchecked; null when there was none, or several.</param>
internal sealed record AccessAttempt(Caller Caller, DocumentId Document, AccessAction Action, string? TransactionToken)
{
    /// <summary>Writing needs its own scope.</summary>
    public string Scope => Action is AccessAction.Write or AccessAction.Delete ? "documents:write" : "documents:read";
}

/// <summary>What came of an attempt.</summary>
internal abstract record AccessOutcome
{
    private AccessOutcome()
    {
    }

    public sealed record Granted(Document Document, Decision Decision) : AccessOutcome;

    public sealed record Denied(Decision Decision) : AccessOutcome;

    /// <summary>Denied for the caller alone: the answer must be the same whether or not the document exists.</summary>
    public sealed record Refused(RuleVerdict Denial) : AccessOutcome;

    public sealed record NotFound : AccessOutcome;
}

internal static class AccessActionWords
{
    /// <summary>As it stands in a transaction token's <c>tctx</c>.</summary>
    public static string Word(this AccessAction action) => action switch
    {
        AccessAction.Read => "read",
        AccessAction.Summarize => "summarize",
        AccessAction.Review => "review",
        AccessAction.Write => "write",
        AccessAction.Delete => "delete",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };
}
