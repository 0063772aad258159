using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.DocumentService.Policy;
using TraceDemo.DocumentService.Policy.Rules;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>What came of an attempt.</summary>
/// <param name="Reason">Why; of an attempt that succeeded without a decision there is none.</param>
internal abstract record AccessOutcome(ReasonCode? Reason)
{
    /// <summary>What the policy decided, where it was asked.</summary>
    public virtual Decision? Decided => null;

    /// <summary>Every rule allowed it, and it was done.</summary>
    public sealed record Granted(Document Document, Decision Decision) : AccessOutcome(Decision.Reason)
    {
        public override Decision Decided => Decision;
    }

    public sealed record Denied(Decision Decision) : AccessOutcome(Decision.Reason)
    {
        public override Decision Decided => Decision;
    }

    /// <summary>Denied for the caller alone: the answer must be the same whether or not the document exists.</summary>
    /// <param name="Decision">For the record only.</param>
    public sealed record Refused(RuleVerdict Denial, Decision Decision) : AccessOutcome(Denial.Reason)
    {
        public override Decision Decided => Decision;
    }

    public sealed record NotFound() : AccessOutcome(AccessReasons.DocumentNotFound);

    /// <summary>There was no document to decide about, and now there is.</summary>
    public sealed record Created() : AccessOutcome((ReasonCode?)null);

    /// <summary>The caller might have, but the request could not be done.</summary>
    public sealed record NotDone(Rejection Rejection) : AccessOutcome(Rejection.Reason);
}
