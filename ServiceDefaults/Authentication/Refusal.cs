using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Why a request was stopped before its endpoint: what was wrong with the token, or with who sent it.</summary>
internal sealed record Refusal(ReasonCode Reason, string Detail)
{
    public static readonly Refusal TokenMissing = new(ReasonCode.TokenMissing, "Send an access token in the header 'Authorization: Bearer <token>'.");

    public static readonly Refusal TokenRevoked = new(ReasonCode.TokenRevoked, "The session behind this token has ended; sign in again.");

    public static readonly Refusal TokenExpired = new(ReasonCode.TokenExpired, "The token has expired; get a new one.");

    /// <summary>Writes the problem, with the challenge that RFC 6750 §3 asks for.</summary>
    public Task WriteAsync(HttpContext context)
    {
        if (Challenge() is { } challenge) { context.Response.Headers.WWWAuthenticate = challenge; }

        return Problem.WriteAsync(context, Reason, Detail);
    }

    private string? Challenge() => Reason switch
    {
        { Value: "token_missing" } => "Bearer",
        { Status: StatusCodes.Status401Unauthorized } => $"Bearer error=\"invalid_token\", error_description=\"{Detail.Replace('"', '\'')}\"",
        { Value: "insufficient_scope" } => "Bearer error=\"insufficient_scope\"",
        _ => null,
    };
}
