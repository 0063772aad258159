using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Changes;

/// <summary>
/// Every write states its precondition (RFC 9110 §13.1): a change names the current version by <c>If-Match</c>, a creation requires by
/// <c>If-None-Match: *</c> that there is none. <c>If-Match: *</c> names no version, so it would let one
/// writer silently undo another's change; it is rejected like a missing one.
/// </summary>
internal static class Precondition
{
    public static Rejection Changed { get; } =
        new(ReasonCode.PreconditionFailed, "The document has changed since you read it. Read it again and repeat with the new etag.");

    /// <summary>Null if the change may proceed; otherwise the rejection.</summary>
    public static Rejection? CheckChange(IHeaderDictionary headers, string current)
    {
        if (headers.IfNoneMatch.Count > 0)
        {
            return new(ReasonCode.RequestInvalid, "If-None-Match creates a document by PUT. To change or delete one, send If-Match alone.");
        }

        var reason = Check(headers.IfMatch, current);
        return reason is null ? null
            : reason == ReasonCode.PreconditionFailed ? Changed
            : new(reason, reason == ReasonCode.PreconditionRequired
                ? "Send If-Match with the document's etag to change it; * is not accepted, because it names no version. To create one, "
                    + "send If-None-Match: *."
                : "If-Match must be one or more entity tags in double quotes.");
    }

    /// <summary>Null if the creation may proceed; otherwise the rejection.</summary>
    public static Rejection? CheckCreation(IHeaderDictionary headers) => headers.IfMatch.Count == 0 && headers.IfNoneMatch is ["*"]
        ? null
        : new(ReasonCode.RequestInvalid,
            "To create a document, send If-None-Match: * and no If-Match; to replace one, send If-Match alone.");

    /// <summary>Null if the tags name the current version; otherwise the rejection.</summary>
    public static ReasonCode? Check(StringValues ifMatch, string current)
    {
        if (StringValues.IsNullOrEmpty(ifMatch))
        {
            return ReasonCode.PreconditionRequired;
        }

        if (!EntityTagHeaderValue.TryParseStrictList([.. ifMatch.OfType<string>()], out var tags))
        {
            return ReasonCode.RequestInvalid;
        }

        if (tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)))
        {
            return ReasonCode.PreconditionRequired;
        }
        // Weak tags never match here: If-Match compares strongly.
        var stored = new EntityTagHeaderValue(current);
        return tags.Any(tag => tag.Compare(stored, useStrongComparison: true)) ? null : ReasonCode.PreconditionFailed;
    }
}
