using System.Text.Json.Serialization;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Who did what, or tried to, and how it ended. An audit names people: it goes into no trace, log or metric.</summary>
public sealed record AuditEntry
{
    private const int LongestText = 256;

    /// <summary>When it ended; the trail notes it.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>The service that recorded it; the trail notes it.</summary>
    public string? Service { get; internal init; }

    /// <summary>The trace it belongs to; the trail notes it.</summary>
    public string? TraceId { get; internal init; }

    /// <summary>What was to be done: one of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>With what: a resource, or the request that was refused. At most 256 characters.</summary>
    public string? Target { get; init => field = Cut(value); }

    /// <summary>How it ended.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>Why; null where it was done and nothing had to be decided.</summary>
    public ReasonCode? Reason { get; init; }

    /// <summary>The token's <c>sub</c>: a client's service account where nobody in person asked. At most 256 characters.</summary>
    public string? Person { get; init => field = Cut(value); }

    /// <summary>The name to sign in with, where the token has it. At most 256 characters.</summary>
    public string? UserName { get; init => field = Cut(value); }

    /// <summary>The OAuth client that acted.</summary>
    public string? Client { get; init => field = Cut(value); }

    /// <summary>The policy's decision record where that is the outcome; serialized as it is.</summary>
    public object? Decision { get; init; }

    /// <summary>How many repeats of an earlier refusal this entry stands for, the
    /// last of which it shows; null for an entry of one.</summary>
    public int? Repeats { get; internal init; }

    /// <summary>True where the decision record was too long for a line and left out; only then is it written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Shortened { get; internal init; }

    /// <summary>An entry about a verified caller.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="target">A resource, or the request.</param>
    /// <param name="reason">Why it was refused, or a reason that allows; null where it was done without a decision.</param>
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

    private static string? Cut(string? text) => text?.Length > LongestText ? text[..LongestText] : text;
}
