using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts.Access;

/// <summary>
/// Forwards another service's problem: reasons that concern the caller pass through, anything else is a
/// fault between services and becomes 502.
/// </summary>
internal static class UpstreamProblem
{
    /// <summary>The problem to return for an unexpected response.</summary>
    /// <param name="status">The response's status.</param>
    /// <param name="reason">The reason it gives.</param>
    /// <param name="detail">The sentence it gives.</param>
    public static ProblemException Of(int status, string? reason, string? detail) =>
        AccessReasons.Find(reason) is { } known && known.Status == status && Concerns(known)
            ? new ProblemException(known, detail ?? "")
            : Unusable();

    // Reasons that the caller can act on. A wrong audience between two of our services is not among them.
    private static bool Concerns(ReasonCode reason) =>
        reason.Status is 400 or 404 or 409 or 412 or 413 or 428 or 429 or 503 or 504
        || reason == ReasonCode.TokenExpired || reason == ReasonCode.TokenRevoked
        || reason == ReasonCode.ExchangeRefused || reason == ReasonCode.UpstreamUnavailable
        || (reason.Status == 403 && reason != ReasonCode.CallerNotAccepted);

    private static ProblemException Unusable() =>
        new(ReasonCode.UpstreamUnavailable, "An upstream service returned an invalid response; find it in the logs by the trace id.");
}
