using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Rules;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>The outcome of an attempt.</summary>
/// <param name="Reason">The reason; null for an attempt that succeeded without a decision.</param>
internal abstract record AccessOutcome(ReasonCode? Reason)
{
    /// <summary>The policy's decision, if it was evaluated.</summary>
    public virtual Decision? Decided => null;

    /// <summary>Every rule allowed it, and it was completed.</summary>
    public sealed record Granted(Document Document, Decision Decision) : AccessOutcome(Decision.Reason)
    {
        public override Decision Decided => Decision;
    }

    public sealed record Denied(Decision Decision) : AccessOutcome(Decision.Reason)
    {
        public override Decision Decided => Decision;
    }

    /// <summary>Denied by a caller rule: the response must be the same whether or not the document exists.</summary>
    /// <param name="Decision">For the record only.</param>
    public sealed record Refused(RuleVerdict Denial, Decision Decision) : AccessOutcome(Denial.Reason)
    {
        public override Decision Decided => Decision;
    }

    public sealed record NotFound() : AccessOutcome(AccessReasons.DocumentNotFound);

    /// <summary>A document was created, so there was no document to decide about.</summary>
    public sealed record Created() : AccessOutcome((ReasonCode?)null);

    /// <summary>The caller was allowed, but the request failed.</summary>
    public sealed record NotDone(Rejection Rejection) : AccessOutcome(Rejection.Reason);
}
