using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

/// <summary>
/// <c>If-Match</c> (RFC 9110 §13.1.1), which every write must carry. <c>*</c> names no version, so it would let one writer silently undo another's
/// change; it is refused like none at all.
/// </summary>
internal static class Precondition
{
    /// <summary>Null when the write may go on; otherwise why not.</summary>
    public static ReasonCode? Check(StringValues ifMatch, string current)
    {
        if (StringValues.IsNullOrEmpty(ifMatch))
            return ReasonCode.PreconditionRequired;
        if (!EntityTagHeaderValue.TryParseStrictList([.. ifMatch.OfType<string>()], out var tags))
            return ReasonCode.RequestInvalid;
        if (tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)))
            return ReasonCode.PreconditionRequired;
        // Weak tags never match here: If-Match compares strongly.
        var stored = new EntityTagHeaderValue(current);
        return tags.Any(tag => tag.Compare(stored, useStrongComparison: true)) ? null : ReasonCode.PreconditionFailed;
    }
}
