using System.Net.Http.Json;
using System.Text.Json;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts.Access;

/// <summary>
/// Forwards another service's problem: reasons that concern the caller pass through, anything else is a
/// fault between services and becomes 502.
/// </summary>
internal static class ServiceAnswer
{
    /// <summary>The problem to return for an unexpected response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<ProblemException> ProblemOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await TryReadAsync(response, cancellationToken);
        return AccessReasons.Find(body?.Reason) is { } reason && reason.Status == (int)response.StatusCode && Concerns(reason)
            ? new ProblemException(reason, body?.Detail ?? "")
            : Unusable();
    }

    // Reasons that the caller can act on. A wrong audience between two of our services is not among them.
    private static bool Concerns(ReasonCode reason) =>
        reason.Status is 400 or 404 or 409 or 412 or 413 or 428 or 429 or 503 or 504
        || reason == ReasonCode.TokenExpired || reason == ReasonCode.TokenRevoked
        || reason == ReasonCode.ExchangeRefused || reason == ReasonCode.UpstreamUnavailable
        || (reason.Status == 403 && reason != ReasonCode.CallerNotAccepted);

    private static ProblemException Unusable() =>
        new(ReasonCode.UpstreamUnavailable, "An upstream service returned an invalid response; find it in the logs by the trace id.");

    private static async Task<ProblemBody?> TryReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<ProblemBody>(cancellationToken);
        }
        catch (Exception exception)
            when (exception is JsonException or NotSupportedException or HttpRequestException or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record ProblemBody(string? Reason, string? Detail);
}
