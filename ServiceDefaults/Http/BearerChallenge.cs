using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Http;

/// <summary>What header <c>WWW-Authenticate</c> says beside a problem (RFC 6750 §3.1). The reason itself is in the body.</summary>
internal static class BearerChallenge
{
    public static string? For(ReasonCode reason) =>
        reason == ReasonCode.TokenMissing ? "Bearer"
        : reason == ReasonCode.InsufficientScope ? "Bearer error=\"insufficient_scope\""
        : reason.Status == StatusCodes.Status401Unauthorized ? "Bearer error=\"invalid_token\""
        : null;
}
