using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace TraceDemo.ServiceDefaults.Vocabulary;

/// <summary>
/// Why something was allowed, denied or rejected. Response, span, log and audit entry contain the same code, so that
/// they can be correlated. Each assembly has a closed list: this type contains those of ServiceDefaults, and another assembly
/// defines its own with <see cref="ReasonCodes{TSelf}"/>.
/// </summary>
[JsonConverter(typeof(ReasonCodeJsonConverter))]
public sealed record ReasonCode
{
#pragma warning disable CS1591 // Each name is its own wire value; docs/errors.md lists the meanings.
    // Authentication (RFC 6750 §3.1)
    public static readonly ReasonCode TokenMissing = new("token_missing", StatusCodes.Status401Unauthorized);
    public static readonly ReasonCode TokenInvalid = new("token_invalid", StatusCodes.Status401Unauthorized);
    public static readonly ReasonCode TokenExpired = new("token_expired", StatusCodes.Status401Unauthorized);
    public static readonly ReasonCode TokenRevoked = new("token_revoked", StatusCodes.Status401Unauthorized);
    public static readonly ReasonCode IssuerInvalid = new("issuer_invalid", StatusCodes.Status401Unauthorized);
    public static readonly ReasonCode AudienceInvalid = new("audience_invalid", StatusCodes.Status401Unauthorized);

    // Callers
    public static readonly ReasonCode DelegationRequired = new("delegation_required", StatusCodes.Status403Forbidden);
    public static readonly ReasonCode InsufficientScope = new("insufficient_scope", StatusCodes.Status403Forbidden);
    public static readonly ReasonCode AdminRequired = new("admin_required", StatusCodes.Status403Forbidden);
    public static readonly ReasonCode CallerNotAccepted = new("caller_not_accepted", StatusCodes.Status403Forbidden);

    // The request
    public static readonly ReasonCode RequestInvalid = new("request_invalid", StatusCodes.Status400BadRequest);
    public static readonly ReasonCode NotFound = new("not_found", StatusCodes.Status404NotFound);
    public static readonly ReasonCode MethodNotAllowed = new("method_not_allowed", StatusCodes.Status405MethodNotAllowed);
    public static readonly ReasonCode UnsupportedMediaType = new("unsupported_media_type", StatusCodes.Status415UnsupportedMediaType);
    public static readonly ReasonCode RequestTooLarge = new("request_too_large", StatusCodes.Status413PayloadTooLarge);
    public static readonly ReasonCode HeadersTooLarge = new("headers_too_large", StatusCodes.Status431RequestHeaderFieldsTooLarge);
    public static readonly ReasonCode PreconditionFailed = new("precondition_failed", StatusCodes.Status412PreconditionFailed);
    public static readonly ReasonCode PreconditionRequired = new("precondition_required", StatusCodes.Status428PreconditionRequired);
    public static readonly ReasonCode RateLimited = new("rate_limited", StatusCodes.Status429TooManyRequests);
    public static readonly ReasonCode RequestAborted = new("request_aborted", StatusCodes.Status499ClientClosedRequest);

    // Dependencies and faults
    public static readonly ReasonCode ExchangeRefused = new("exchange_refused", StatusCodes.Status502BadGateway);
    public static readonly ReasonCode IdentityProviderUnavailable =
        new("identity_provider_unavailable", StatusCodes.Status503ServiceUnavailable);
    public static readonly ReasonCode UpstreamUnavailable = new("upstream_unavailable", StatusCodes.Status502BadGateway);
    public static readonly ReasonCode UpstreamTimeout = new("upstream_timeout", StatusCodes.Status504GatewayTimeout);
    public static readonly ReasonCode AuditUnavailable = new("audit_unavailable", StatusCodes.Status503ServiceUnavailable);
    public static readonly ReasonCode InternalError = new("internal_error", StatusCodes.Status500InternalServerError);
#pragma warning restore CS1591

    internal ReasonCode(string value, int status)
    {
        Value = value;
        Status = status;
    }

    /// <summary>The reasons of ServiceDefaults.</summary>
    public static IReadOnlyCollection<ReasonCode> All { get; } = ReasonCodes.Of(typeof(ReasonCode));

    /// <summary>The code, in snake case.</summary>
    public string Value { get; }

    /// <summary>The HTTP status of a problem with this reason; 200 for reasons that allow.</summary>
    public int Status { get; }

    /// <summary>The code.</summary>
    public override string ToString() => Value;

    private sealed class ReasonCodeJsonConverter : JsonConverter<ReasonCode>
    {
        public override ReasonCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A code from another process must be looked up in a closed list.");

        public override void Write(Utf8JsonWriter writer, ReasonCode value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
