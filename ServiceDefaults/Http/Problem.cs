using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>Problem details (RFC 9457) with a reason code from the closed list. The detail describes only the remedy.</summary>
public static class Problem
{
    /// <summary>The media type of every error (RFC 9457 §3).</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>An endpoint's result.</summary>
    /// <param name="reason">The reason; determines the status.</param>
    /// <param name="detail">A sentence for the person who resolves the problem.</param>
    /// <param name="extensions">Further members, by name, as anything that serializes.</param>
    public static IResult Result(ReasonCode reason, string detail, IReadOnlyDictionary<string, object?>? extensions = null) =>
        new ProblemResult(reason, detail, extensions);

    /// <summary>The extension that lists the invalid members of a request.</summary>
    /// <param name="members">Members of the body, or parameters.</param>
    public static IReadOnlyDictionary<string, object?> Members(params string[] members) =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["members"] = members };

    /// <summary>Writes the problem to a response that has not started.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reason">The reason; determines the status.</param>
    /// <param name="detail">A sentence for the person who resolves the problem.</param>
    /// <param name="extensions">Further members, by name, as anything that serializes.</param>
    public static async Task WriteAsync(
        HttpContext context, ReasonCode reason, string detail, IReadOnlyDictionary<string, object?>? extensions = null)
    {
        if (context.Features.Get<ProblemNotice>() is { } notice)
        {
            await notice.BeforeAsync(reason);
        }

        var response = context.Response;
        response.StatusCode = reason.Status;
        response.ContentType = MediaType;
        if (reason.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests
            && response.Headers.RetryAfter.Count == 0)
        {
            response.Headers.RetryAfter = "1";
        }

        if (BearerChallenge.For(reason) is { } challenge)
        {
            response.Headers.WWWAuthenticate = challenge;
        }

        Dictionary<string, object?> members = new(StringComparer.Ordinal)
        {
            ["type"] = $"urn:tracedemo:problem:{reason.Value}",
            ["title"] = Title(reason),
            ["status"] = reason.Status,
            ["detail"] = detail,
            ["reason"] = reason.Value,
            ["traceId"] = Activity.Current?.TraceId.ToHexString(),
        };
        foreach (var (name, value) in extensions ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            members.TryAdd(name, value);
        }

        await response.Body.WriteAsync(ReadableJson.Serialize(members), context.RequestAborted);
    }

    private static string Title(ReasonCode reason) => char.ToUpperInvariant(reason.Value[0]) + reason.Value[1..].Replace('_', ' ');

    private sealed class ProblemResult(ReasonCode reason, string detail, IReadOnlyDictionary<string, object?>? extensions) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, reason, detail, extensions);
    }
}
