using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>The content of <c>WWW-Authenticate</c> with a problem (RFC 6750 §3.1). The body contains the reason itself.</summary>
internal static class BearerChallenge
{
    public static string? For(ReasonCode reason) =>
        reason == ReasonCode.TokenMissing ? "Bearer"
        : reason == ReasonCode.InsufficientScope ? "Bearer error=\"insufficient_scope\""
        : reason.Status == StatusCodes.Status401Unauthorized ? "Bearer error=\"invalid_token\""
        : null;
}
