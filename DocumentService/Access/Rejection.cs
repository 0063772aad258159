using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Access;

/// <summary>Why a request cannot be done, though its caller may make it.</summary>
/// <param name="Members">What is wrong in the request; empty where it is not about members.</param>
internal sealed record Rejection(ReasonCode Reason, string Detail, params IReadOnlyList<string> Members)
{
    public IResult ToResult() => Problem.Result(Reason, Detail, Members.Count == 0 ? null : Problem.Members([.. Members]));
}
