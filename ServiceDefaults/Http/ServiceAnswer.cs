using System.Net.Http.Json;
using System.Text.Json;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Reads what a service behind this one answered.</summary>
public static class ServiceAnswer
{
    /// <summary>
    /// The body as <typeparamref name="T"/> when the status is one of <paramref name="expected"/>; else throws the problem to tell
    /// upward: reasons that concern the caller pass through, anything else is a fault between services and becomes 502.
    /// </summary>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="expected">Statuses whose body is a <typeparamref name="T"/>; 200 unless given.</param>
    /// <exception cref="ProblemException">Another status, or a body that is not what it should be.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken, params int[] expected)
        where T : class
    {
        if (expected.Length == 0 ? (int)response.StatusCode != 200 : !expected.Contains((int)response.StatusCode))
        {
            throw await ProblemOfAsync(response, cancellationToken);
        }

        return await TryReadAsync<T>(response, cancellationToken) ?? throw Garbled();
    }

    /// <summary>The problem to tell upward for an answer that is none of the expected.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ProblemException> ProblemOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await TryReadAsync<ProblemBody>(response, cancellationToken);
        return ReasonCode.Find(body?.Reason) is { } reason && reason.Status == (int)response.StatusCode && Concerns(reason)
            ? new ProblemException(reason, body!.Detail ?? "") : Garbled();
    }

    // What the person, or whoever sent the request, can do something about. A wrong audience between two of our services is not theirs.
    private static bool Concerns(ReasonCode reason) =>
        reason.Status is 400 or 404 or 409 or 412 or 413 or 428 or 429 or 503 or 504
        || reason == ReasonCode.TokenExpired || reason == ReasonCode.TokenRevoked
        || reason == ReasonCode.ExchangeRefused || reason == ReasonCode.UpstreamUnavailable
        || (reason.Status == 403 && reason != ReasonCode.CallerNotAccepted);

    private static ProblemException Garbled() =>
        new(ReasonCode.UpstreamUnavailable, "A service behind this one gave no proper answer; the trace id finds it in the logs.");

    private static async Task<T?> TryReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(cancellationToken);
        }
        catch (Exception exception)
            when (exception is JsonException or NotSupportedException or HttpRequestException or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record ProblemBody(string? Reason, string? Detail);
}
