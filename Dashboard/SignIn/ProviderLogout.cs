using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>Handles the provider's notice that a session, or every session of a person, has ended.</summary>
internal sealed class ProviderLogout(
    LogoutTokenValidator tokens, IOptions<IdentityOptions> options, TicketStore tickets, SignOuts signOuts, SessionAudit audit)
{
    /// <summary>Ends the tickets of the named session; null if the token is invalid.</summary>
    public async Task<int?> AcceptAsync(string logoutToken, CancellationToken cancellationToken)
    {
        if (await tokens.ReadSessionAsync(logoutToken, options.Value.ClientId, cancellationToken) is not { } ended)
        {
            return null;
        }

        // A sign-out made here, which the provider reports back now or later, is audited as a sign-out.
        var isKnown = ended.Id is { } sessionId && (signOuts.Contains(sessionId) || await tickets.IsEndedAsync(sessionId));
        var person = tickets.PersonOf(ended.Id, ended.Subject);
        var removed = await tickets.RemoveSessionAsync(ended.Id, ended.Subject);
        if (!isKnown)
        {
            await audit.EndedByProviderAsync(ended.Subject, person);
        }
        return removed;
    }
}
