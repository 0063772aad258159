using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

/// <summary>Why a request cannot be done, though its caller may make it.</summary>
/// <param name="Reason">Fixes the status.</param>
/// <param name="Detail">A sentence for the person who has to act on it.</param>
/// <param name="Members">What is wrong in the request; empty where it is not about members.</param>
internal sealed record Rejection(ReasonCode Reason, string Detail, params IReadOnlyList<string> Members)
{
    public static Rejection NotFound { get; } =
        new(AccessReasons.DocumentNotFound, "There is no document with this id; GET /api/documents lists those there are.");

    /// <summary>The request is malformed, and where.</summary>
    public static Rejection Invalid(string member) =>
        new(ReasonCode.RequestInvalid, $"The request is not valid: {member} is missing or wrong.", member);

    public IResult ToResult() => Problem.Result(Reason, Detail, Members.Count == 0 ? null : Problem.Members([.. Members]));
}
