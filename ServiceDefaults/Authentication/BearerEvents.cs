using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// The steps around the validation of one token: span, cache of validated tokens, keys, and checks that the library does not make.
/// Every outcome is a <see cref="Caller"/> or a <see cref="Refusal"/> among the request's features.
/// </summary>
internal sealed class BearerEvents(
    ValidatedTokens validated, Revocations revocations, SigningKeys keys, Pseudonym pseudonym, TimeProvider time)
    : JwtBearerEvents
{
    private const int LongestToken = 16 * 1024;
    private const string Scheme = "Bearer ";

    private static readonly Refusal Malformed =
        new(ReasonCode.TokenInvalid, "The token is malformed, its type or algorithm is not accepted, or its signature is invalid.");

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        var http = context.HttpContext;
        if (http.Request.Headers.Authorization.Count == 0)
        {
            http.Features.Set(Refusal.TokenMissing);
            context.NoResult();
            return;
        }

        var span = JwtValidationSpan.Start();
        http.Features.Set(span);
        if (BearerHeader(http.Request) is not { } header)
        {
            Refuse(context, Refusal.TokenMissing);
            return;
        }

        // Look-up by hash: a known token is not copied out of the header.
        if (validated.Find(header.AsSpan(Scheme.Length)) is { } caller)
        {
            Settle(context, caller, cached: true);
            return;
        }

        // First: the claims of another kind of token, or of one without a key of the provider, are not trustworthy.
        var raw = header[Scheme.Length..];
        if (!context.Options.TokenValidationParameters.ValidTypes.Contains(TokenHeader.Type(raw), StringComparer.Ordinal))
        {
            Refuse(context, Malformed);
            return;
        }

        var keyId = TokenHeader.KeyId(raw);
        await keys.EnsureAsync(keyId, http.RequestAborted);
        if (keys.Find(keyId) is null)
        {
            Refuse(context, Malformed);
            return;
        }

        http.Features.Set(new AccessToken(raw));
        context.Token = raw;
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        var (caller, fault) = Caller.Read(context.Principal!, context.HttpContext.Features.Get<AccessToken>()!, pseudonym);
        if (caller is null)
        {
            Refuse(context, new Refusal(ReasonCode.TokenInvalid, fault ?? ""));
        }
        else
        {
            validated.Add(caller, (context.SecurityToken as JsonWebToken)?.SigningKey);
            Settle(context, caller, cached: false);
        }

        return Task.CompletedTask;
    }

    public override Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        Refuse(context, Explain(context.Exception));
        return Task.CompletedTask;
    }

    private void Settle(ResultContext<JwtBearerOptions> context, Caller caller, bool cached)
    {
        // Both are checked again for a cached token: it may have expired, and the session may have ended.
        if (revocations.Check(caller) is { } revoked)
        {
            Refuse(context, revoked);
            return;
        }
        if (caller.ExpiresAt <= time.GetUtcNow() - TokenLifetime.ClockSkew)
        {
            Refuse(context, Refusal.TokenExpired);
            return;
        }

        var http = context.HttpContext;
        if (AudienceRule.Of(http).Check(http, caller) is { } refusal)
        {
            Refuse(context, refusal);
            return;
        }

        http.Features.Set(caller);
        http.Features.Get<JwtValidationSpan>()?.Succeed(caller, cached);
        EnrichServerSpan(http, caller);
        context.Principal ??= new System.Security.Claims.ClaimsPrincipal(
            new System.Security.Claims.ClaimsIdentity(JwtBearerDefaults.AuthenticationScheme));
        context.Success();
    }

    private static void Refuse(ResultContext<JwtBearerOptions> context, Refusal refusal)
    {
        context.HttpContext.Features.Set(refusal);
        context.HttpContext.Features.Get<JwtValidationSpan>()?.Fail(refusal.Reason);
        context.Fail(refusal.Reason.Value);
    }

    private static void EnrichServerSpan(HttpContext context, Caller caller)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpActivityFeature>()?.Activity is not { } server)
        {
            return;
        }

        server.SetTag(TelemetryNames.Server.EnduserPseudoId, caller.Pseudonym);
        server.SetTag(TelemetryNames.Server.UserSubject, caller.IsPerson ? caller.Pseudonym : "anonymous");
    }

    /// <summary>The scheme and the token from exactly one well-formed header (RFC 6750 §2.1),
    /// in three parts (RFC 7515 §3.1); never from a query or a form.</summary>
    private static string? BearerHeader(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header.Length is > 7 and <= LongestToken && !header.AsSpan(Scheme.Length).ContainsAny(' ', ',')
        && header.AsSpan().Count('.') == 2
            ? header
            : null;

    private static Refusal Explain(Exception exception) => exception switch
    {
        SecurityTokenExpiredException => Refusal.TokenExpired,
        SecurityTokenInvalidIssuerException =>
            new Refusal(ReasonCode.IssuerInvalid, "This service does not trust the token's issuer."),
        SecurityTokenInvalidAudienceException => new Refusal(ReasonCode.AudienceInvalid,
            "The token's audience is another service; exchange it for one with this service as audience (RFC 8693)."),
        AggregateException { InnerException: { } inner } => Explain(inner),
        _ => Malformed,
    };
}
