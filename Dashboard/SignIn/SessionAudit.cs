using System.Security.Claims;
using TraceDemo.ServiceDefaults.Audit;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>Puts the beginning and the end of people's sessions on record.</summary>
internal sealed class SessionAudit(AuditTrail audit)
{
    private const string Client = "dashboard";

    public ValueTask SignedInAsync(ClaimsPrincipal person) => RecordAsync(AuditActions.SignIn, person);

    public ValueTask SignedOutAsync(ClaimsPrincipal person) => RecordAsync(AuditActions.SignOut, person);

    /// <param name="subject">Null where the provider names the session only.</param>
    /// <param name="person">Null where no ticket of theirs is here.</param>
    public ValueTask EndedByProviderAsync(string? subject, ClaimsPrincipal? person) =>
        RecordAsync(AuditActions.SessionEnded, string.IsNullOrEmpty(subject) ? person?.FindFirstValue("sub") : subject, person);

    private ValueTask RecordAsync(string action, ClaimsPrincipal person) => RecordAsync(action, person.FindFirstValue("sub"), person);

    private ValueTask RecordAsync(string action, string? subject, ClaimsPrincipal? person) => audit.RecordAsync(new AuditEntry
    {
        Action = action,
        Outcome = AuditOutcome.Allow,
        Person = subject,
        UserName = person?.FindFirstValue("preferred_username"),
        Client = Client,
    });
}
