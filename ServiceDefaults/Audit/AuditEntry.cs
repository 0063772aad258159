using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>An action, its actor and its outcome. An audit entry identifies a person: never copy it to a trace, log or metric.</summary>
public sealed record AuditEntry
{
    private const int MaxTextLength = 256;

    /// <summary>The time of the outcome; set by the trail.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>The service that recorded it; set by the trail.</summary>
    public string? Service { get; internal init; }

    /// <summary>The trace id; set by the trail.</summary>
    public string? TraceId { get; internal init; }

    /// <summary>The action: one of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The object of the action: a resource, or the rejected request. At most 256 characters.</summary>
    public string? Target { get; init => field = value?.Truncate(MaxTextLength); }

    /// <summary>The outcome.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>The reason; null for a completed action that required no decision.</summary>
    public ReasonCode? Reason { get; init; }

    /// <summary>The token's <c>sub</c>: a client's service account if no person took part. At most 256 characters.</summary>
    public string? Person { get; init => field = value?.Truncate(MaxTextLength); }

    /// <summary>The user name, if the token contains it. At most 256 characters.</summary>
    public string? UserName { get; init => field = value?.Truncate(MaxTextLength); }

    /// <summary>The OAuth client that acted.</summary>
    public string? Client { get; init => field = value?.Truncate(MaxTextLength); }

    /// <summary>The policy's decision record, if it determined the outcome; serialized as is.</summary>
    public object? Decision { get; init; }

    /// <summary>The number of repeated denials that this entry represents, of which it
    /// shows the last; null for a single one.</summary>
    public int? Repeats { get; internal init; }

    /// <summary>True if the decision record was too long for a line and was omitted; otherwise not written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Shortened { get; internal init; }

    /// <summary>Creates an entry about a verified caller.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="target">A resource, or the request.</param>
    /// <param name="reason">The reason for the denial or the permission; null for an action without a decision.</param>
    public static AuditEntry Of(Caller caller, string action, string? target, ReasonCode? reason) => new()
    {
        Action = action,
        Target = target,
        Outcome = reason is null or { Status: 200 } ? AuditOutcome.Allow : AuditOutcome.Deny,
        Reason = reason,
        Person = caller.Subject,
        UserName = caller.UserName,
        Client = caller.Client.Value,
    };
}
