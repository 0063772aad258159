using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace TraceDemo.Dashboard.SignIn.Tickets;

/// <summary>A ticket in memory, the number of renewals of its tokens, and the
/// connection to Redis since which it is known to be the latest.</summary>
internal sealed record HeldTicket(AuthenticationTicket Ticket, int Renewals, int Connection)
{
    public const int Uncertain = -1;

    private const string RenewalsItem = ".renewals";

    public static HeldTicket New(AuthenticationTicket ticket, int connection) => new(ticket, 0, connection);

    public static HeldTicket Of(AuthenticationTicket ticket) => new(ticket, RenewalsOf(ticket), Uncertain);

    public HeldTicket Renewed(AuthenticationTicket ticket)
    {
        ticket.Properties.Items[RenewalsItem] = (Renewals + 1).ToString(CultureInfo.InvariantCulture);
        return this with { Ticket = ticket, Renewals = Renewals + 1 };
    }

    private static int RenewalsOf(AuthenticationTicket ticket) =>
        ticket.Properties.Items.TryGetValue(RenewalsItem, out var count)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var renewals) ? renewals : 0;
}
