using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

/// <summary>Why an allowed request cannot be completed.</summary>
/// <param name="Reason">Determines the status.</param>
/// <param name="Detail">A sentence for the person who resolves the problem.</param>
/// <param name="Members">The invalid members; empty if it does not concern members.</param>
internal sealed record Rejection(ReasonCode Reason, string Detail, params IReadOnlyList<string> Members)
{
    public static Rejection NotFound { get; } =
        new(AccessReasons.DocumentNotFound, "The document does not exist; GET /api/documents lists the documents.");

    /// <summary>The request is malformed, and the place.</summary>
    public static Rejection Invalid(string member) =>
        new(ReasonCode.RequestInvalid, $"The request is not valid: {member} is missing or invalid.", member);

    public IResult ToResult() => Problem.Result(Reason, Detail, Members.Count == 0 ? null : Problem.Members([.. Members]));
}
