using System.Collections.Frozen;
using System.Text.RegularExpressions;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.SensitiveValues;

/// <summary>
/// Distinguishes shared mailboxes (RFC 2142 and common names in companies) from those of people. Every part of the name must be a role,
/// so "sales.jane" is a person; in doubt, a false positive is better than a missed finding.
/// </summary>
internal static partial class RoleMailbox
{
    private static readonly FrozenSet<string> Roles = FrozenSet.ToFrozenSet(
        """
        abuse accessibility accounting accounts admin administration admissions alerts analytics audit backoffice backup billing board
        booking bookings business career careers claims communication communications company complaints compliance contact contracts
        controlling council customer customers customercare data dataprotection desk dev developers development devops dispatch docs
        donations dpo editor emergency enquiries engineering events expenses facilities facility faq feedback finance frontdesk fraud
        general hello help helpdesk hostmaster hotline hr human incident incidents info information infrastructure inquiries insurance
        integrity internal international invest investor investors invoice invoices invoicing it jobs legal library licences licenses
        licensing list logistics mail mailbox mailer maintenance management marketing media monitoring network news newsletter noc noreply
        no reply notifications office ombudsman ombudsperson onboarding operations ops order orders partner partners payable payables
        payment payments payroll people platform policy postmaster pr presales press privacy procurement product production products
        project projects protection public purchase purchasing quality questions receivable receivables reception records recruiting
        recruitment registration relations report reports research reservations resources returns risk root safety sales search secretary
        security service servicedesk services shipping shop soc staff status store studio subscriptions suppliers supply support survey
        system systems tax team tech technology test tickets trade training transport travel treasury trust vendor vendors warehouse web
        webmaster whistleblower works
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether every address in this part of the text belongs to a role.</summary>
    public static bool IsAll(ReadOnlySpan<char> addresses)
    {
        foreach (var match in LocalPart().EnumerateMatches(addresses))
        {
            if (!IsRole(addresses.Slice(match.Index, match.Length - 1)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsRole(ReadOnlySpan<char> localPart)
    {
        var roles = Roles.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in localPart.SplitAny('.', '-', '_', '+'))
        {
            if (!roles.Contains(localPart[range].TrimEnd("0123456789")))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex("[A-Za-z0-9._%+-]+@", RegexOptions.CultureInvariant, DocumentText.MatchTimeout)]
    private static partial Regex LocalPart();
}
