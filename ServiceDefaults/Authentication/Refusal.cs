using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>Why a request was rejected before its endpoint: a problem with the token or the caller.</summary>
internal sealed record Refusal(ReasonCode Reason, string Detail)
{
    public static readonly Refusal TokenMissing =
        new(ReasonCode.TokenMissing, "Send an access token in the header 'Authorization: Bearer <token>'.");

    public static readonly Refusal TokenRevoked = new(ReasonCode.TokenRevoked, "The session behind this token has ended; sign in again.");

    public static readonly Refusal IssuedBeforeCutoff = new(
        ReasonCode.TokenRevoked,
        "Too many sessions have ended, so this service refuses all tokens issued before now: get a new one, or sign in again.");

    public static readonly Refusal IssuedBeforeCutoffForPerson = new(
        ReasonCode.TokenRevoked,
        "Too many sessions of this person have ended, so this service refuses all of their tokens issued before now: get a new "
        + "one, or sign in again.");

    public static readonly Refusal TokenExpired = new(ReasonCode.TokenExpired, "The token has expired; get a new one.");

    public Task WriteAsync(HttpContext context) => Problem.WriteAsync(context, Reason, Detail);
}
