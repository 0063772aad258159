using System.Security.Claims;
using TraceDemo.ServiceDefaults.Audit;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>Audits the start and the end of sessions.</summary>
internal sealed class SessionAudit(AuditTrail audit)
{
    private const string Client = "dashboard";

    public ValueTask SignedInAsync(ClaimsPrincipal person) => RecordAsync(AuditActions.SignIn, person);

    public ValueTask SignedOutAsync(ClaimsPrincipal person) => RecordAsync(AuditActions.SignOut, person);

    /// <param name="subject">Null if the provider names only the session.</param>
    /// <param name="person">Null if no ticket of the person is here.</param>
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
