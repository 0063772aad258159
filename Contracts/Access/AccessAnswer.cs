using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Contracts.Access;

/// <summary>
/// The outcome of an access as it travels from document-service up to the person: every hop tells the same reason and the same
/// decision record. A granted access is 200; a denied one is the problem of its reason, with the same members.
/// </summary>
/// <param name="Granted">Whether the document was released.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record AccessAnswer(bool Granted, ReasonCode Reason)
{
    /// <summary>What to do about a denial.</summary>
    public string? Detail { get; init; }

    /// <summary>The document, as document-service gave it out.</summary>
    public JsonElement? Document { get; init; }

    /// <summary>What an agent made of it.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>The policy's decision record.</summary>
    public JsonElement? Decision { get; init; }

    /// <summary>Reads what the next hop answered.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ProblemException">It is neither a grant nor a denial: its
    /// problem, or 502 where that is none of the caller's business.</exception>
    public static async Task<AccessAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // Buffered first, because the body is read again as a problem when it is no answer.
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        if (await TryReadAsync(response, cancellationToken) is { Granted: { } granted } body
            && AccessReasons.Find(body.Reason) is { } reason && body.Agrees(reason, (int)response.StatusCode))
        {
            return new AccessAnswer(granted, reason)
            {
                Detail = body.Detail,
                Document = body.Document,
                Output = body.Output,
                Decision = body.Decision,
            };
        }

        throw await ServiceAnswer.ProblemOfAsync(response, cancellationToken);
    }

    /// <summary>The answer to whoever asked this service.</summary>
    public IResult ToResult() => Granted
        ? Results.Json(new AccessAnswerBody(Granted, Reason.Value, Document, Output, Decision, Activity.Current?.TraceId.ToHexString()),
            ReadableJson.Options)
        : Problem.Result(Reason, Detail ?? "Access is denied.", Members().ToDictionary(StringComparer.Ordinal));

    private IEnumerable<KeyValuePair<string, object?>> Members()
    {
        yield return new("granted", Granted);
        yield return new("reason", Reason.Value);
        if (Document is { } document) { yield return new("document", document); }
        if (Output is { } output) { yield return new("output", output); }
        if (Decision is { } decision) { yield return new("decision", decision); }
        yield return new("traceId", Activity.Current?.TraceId.ToHexString());
    }

    private static async Task<Body?> TryReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync<Body>(stream, JsonSerializerOptions.Web, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            stream.Position = 0;
        }
    }

    private sealed record Body(
        bool? Granted, string? Reason, string? Detail, JsonElement? Document, JsonElement? Output, JsonElement? Decision)
    {
        // A grant without a document, or a status that says the opposite, is no answer to act upon.
        public bool Agrees(ReasonCode reason, int status) => Granted switch
        {
            true => status == StatusCodes.Status200OK && reason.Status == StatusCodes.Status200OK
                && Document is { ValueKind: JsonValueKind.Object },
            false => reason.Status == status && status >= StatusCodes.Status400BadRequest,
            null => false,
        };
    }
}
