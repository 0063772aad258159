using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts.Access;

/// <summary>
/// The outcome of an access as document-service returns it to the person: every hop forwards the same reason and the same
/// decision record. A granted access is 200; a denied one is the problem of its reason, with the same members.
/// </summary>
/// <param name="Granted">Whether the document was released.</param>
/// <param name="Reason">The reason for the grant or the denial.</param>
public sealed record AccessAnswer(bool Granted, ReasonCode Reason)
{
    /// <summary>The remedy for a denial.</summary>
    public string? Detail { get; init; }

    /// <summary>The document, as document-service released it.</summary>
    public JsonElement? Document { get; init; }

    /// <summary>The agent's output.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>The policy's decision record.</summary>
    public JsonElement? Decision { get; init; }

    /// <summary>Reads the response of the next hop.</summary>
    /// <param name="response">The response.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ProblemException">It is neither a grant nor a denial: its
    /// problem, or 502 if the problem does not concern the caller.</exception>
    public static async Task<AccessAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await TryReadAsync(response, cancellationToken);
        return body is { Granted: { } granted } && AccessReasons.Find(body.Reason) is { } reason
            && body.Agrees(reason, (int)response.StatusCode)
            ? new AccessAnswer(granted, reason)
            {
                Detail = body.Detail,
                Document = body.Document,
                Output = body.Output,
                Decision = body.Decision,
            }
            : throw UpstreamProblem.Of((int)response.StatusCode, body?.Reason, body?.Detail);
    }

    /// <summary>The response to this service's caller.</summary>
    public IResult ToResult() => Granted
        ? Results.Json(new AccessAnswerBody(Granted, Reason.Value, Document, Output, Decision, Activity.Current?.TraceId.ToHexString()),
            ReadableJson.Options)
        : Problem.Result(Reason, Detail ?? "Access is denied.", Members().ToDictionary(StringComparer.Ordinal));

    private IEnumerable<KeyValuePair<string, object?>> Members()
    {
        yield return new("granted", Granted);
        yield return new("reason", Reason.Value);
        if (Document is { } document)
        {
            yield return new("document", document);
        }
        if (Output is { } output)
        {
            yield return new("output", output);
        }
        if (Decision is { } decision)
        {
            yield return new("decision", decision);
        }
        yield return new("traceId", Activity.Current?.TraceId.ToHexString());
    }

    private static async Task<Body?> TryReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<Body>(cancellationToken);
        }
        catch (Exception exception)
            when (exception is JsonException or NotSupportedException or HttpRequestException or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private sealed record Body(
        bool? Granted, string? Reason, string? Detail, JsonElement? Document, JsonElement? Output, JsonElement? Decision)
    {
        // A grant without a document, or with a contradicting status, must not be acted upon.
        public bool Agrees(ReasonCode reason, int status) => Granted switch
        {
            true => status == StatusCodes.Status200OK && reason.Status == StatusCodes.Status200OK
                && Document is { ValueKind: JsonValueKind.Object },
            false => reason.Status == status && status >= StatusCodes.Status400BadRequest,
            null => false,
        };
    }
}
