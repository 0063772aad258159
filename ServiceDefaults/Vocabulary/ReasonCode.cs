using System.Text.Json.Serialization;

namespace TraceDemo.ServiceDefaults.Vocabulary;

/// <summary>
/// Why something was allowed, denied or refused. The list is closed: the same word goes into the response, the span, the log and
/// the audit entry, so that a reader of one finds the others.
/// </summary>
/// <param name="Value">The word itself, in snake case.</param>
/// <param name="Status">The HTTP status that a problem with this reason has; 200 for the reasons that allow.</param>
[JsonConverter(typeof(ReasonCodeJsonConverter))]
public sealed record ReasonCode(string Value, int Status)
{
#pragma warning disable CS1591 // Each name is its own wire value; docs/errors.md lists the meanings.
    // Allowed
    public static readonly ReasonCode PublicDocument = new("public_document", 200);
    public static readonly ReasonCode DepartmentMatch = new("department_match", 200);
    public static readonly ReasonCode DelegationMatch = new("delegation_match", 200);

    // Denied by the policy, in the order of its rules
    public static readonly ReasonCode DelegationRequired = new("delegation_required", 403);
    public static readonly ReasonCode InsufficientScope = new("insufficient_scope", 403);
    public static readonly ReasonCode AgentUnknown = new("agent_unknown", 403);
    public static readonly ReasonCode AgentDisabled = new("agent_disabled", 403);
    public static readonly ReasonCode RegistryUnavailable = new("registry_unavailable", 503);
    public static readonly ReasonCode AgentNotAllowed = new("agent_not_allowed", 403);
    public static readonly ReasonCode DelegationNotGranted = new("delegation_not_granted", 403);
    public static readonly ReasonCode DocumentUnclassified = new("document_unclassified", 403);
    public static readonly ReasonCode DepartmentRequired = new("department_required", 403);
    public static readonly ReasonCode IntersectionInsufficient = new("intersection_insufficient", 403);
    public static readonly ReasonCode AgentClearanceInsufficient = new("agent_clearance_insufficient", 403);

    // Authentication (RFC 6750 §3.1)
    public static readonly ReasonCode TokenMissing = new("token_missing", 401);
    public static readonly ReasonCode TokenInvalid = new("token_invalid", 401);
    public static readonly ReasonCode TokenExpired = new("token_expired", 401);
    public static readonly ReasonCode TokenRevoked = new("token_revoked", 401);
    public static readonly ReasonCode IssuerInvalid = new("issuer_invalid", 401);
    public static readonly ReasonCode AudienceInvalid = new("audience_invalid", 401);

    // Who may call what
    public static readonly ReasonCode AdminRequired = new("admin_required", 403);
    public static readonly ReasonCode CallerNotAccepted = new("caller_not_accepted", 403);

    // The request
    public static readonly ReasonCode RequestInvalid = new("request_invalid", 400);
    public static readonly ReasonCode DocumentNotFound = new("document_not_found", 404);
    public static readonly ReasonCode AgentNotFound = new("agent_not_found", 404);
    public static readonly ReasonCode NotFound = new("not_found", 404);
    public static readonly ReasonCode MethodNotAllowed = new("method_not_allowed", 405);
    public static readonly ReasonCode UnsupportedMediaType = new("unsupported_media_type", 415);
    public static readonly ReasonCode RequestTooLarge = new("request_too_large", 413);
    public static readonly ReasonCode HeadersTooLarge = new("request_too_large", 431);
    public static readonly ReasonCode PreconditionFailed = new("precondition_failed", 412);
    public static readonly ReasonCode PreconditionRequired = new("precondition_required", 428);
    public static readonly ReasonCode RateLimited = new("rate_limited", 429);
    public static readonly ReasonCode RequestAborted = new("request_aborted", 499);

    // Other parties
    public static readonly ReasonCode ExchangeRefused = new("exchange_refused", 502);
    public static readonly ReasonCode IdentityProviderUnavailable = new("identity_provider_unavailable", 503);
    public static readonly ReasonCode UpstreamUnavailable = new("upstream_unavailable", 502);
    public static readonly ReasonCode UpstreamTimeout = new("upstream_timeout", 504);
    public static readonly ReasonCode AuditUnavailable = new("audit_unavailable", 503);
    public static readonly ReasonCode InternalError = new("internal_error", 500);
#pragma warning restore CS1591

    private static readonly Dictionary<string, ReasonCode> ByValue = typeof(ReasonCode)
        .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
        .Select(field => (ReasonCode)field.GetValue(null)!)
        .DistinctBy(reason => reason.Value)
        .ToDictionary(reason => reason.Value, StringComparer.Ordinal);

    /// <summary>Every reason there is.</summary>
    public static IReadOnlyCollection<ReasonCode> All => ByValue.Values;

    /// <summary>The reason with this word, or null: a word from another process is only taken over when it is on the list.</summary>
    /// <param name="value">The word.</param>
    public static ReasonCode? Find(string? value) => value is null ? null : ByValue.GetValueOrDefault(value);

    /// <summary>The word itself.</summary>
    public override string ToString() => Value;

    private sealed class ReasonCodeJsonConverter : JsonConverter<ReasonCode>
    {
        public override ReasonCode Read(
            ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
            Find(reader.GetString()) ?? throw new System.Text.Json.JsonException("reason");

        public override void Write(System.Text.Json.Utf8JsonWriter writer, ReasonCode value,
            System.Text.Json.JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
