using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Review.SensitiveValues;
using TraceDemo.SampleAgents.Statements;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.SampleAgents.Review.Rules;

internal sealed class PersonalDataRule : IReviewRule
{
    public bool AppliesTo(ReviewType type) => type is ReviewType.Compliance or ReviewType.Security;

    public IEnumerable<Finding> Check(ReviewedDocument document) =>
        from line in document.Lines
        from value in line.Sensitive
        where !IsRoles(line, value)
        let finding = Describe(value.Kind)
        where finding is not null
        select line.Finding(finding.Value.Severity, finding.Value.Rule, finding.Value.Message, value.Start);

    /// <summary>A shared mailbox, or a phone number in the same sentence, which belongs to the role.</summary>
    private static bool IsRoles(ReviewedLine line, SensitiveValue value)
    {
        if (value.Kind == SensitiveKind.Email)
        {
            return RoleMailbox.IsAll(line.Text.AsSpan(value.Start, value.End - value.Start));
        }

        if (value.Kind != SensitiveKind.Phone)
        {
            return false;
        }

        var (start, end) = SentenceContext.SentenceAt(line.Text, value.Start);
        var mailboxes = line.Sensitive.Where(other => other.Kind == SensitiveKind.Email && other.Start >= start && other.Start < end)
            .ToList();
        return mailboxes.Count > 0
            && mailboxes.TrueForAll(mailbox => RoleMailbox.IsAll(line.Text.AsSpan(mailbox.Start, mailbox.End - mailbox.Start)));
    }

    private static (Severity Severity, string Rule, string Message)? Describe(SensitiveKind kind) => kind switch
    {
        SensitiveKind.PaymentCard => (Severity.Critical, "personal_data.card",
            "A payment card number: it must not be stored here (PCI DSS)."),
        SensitiveKind.Iban => (Severity.High, "personal_data.iban", "A bank account number: store it only in the system that needs it."),
        SensitiveKind.Phone => (Severity.Medium, "personal_data.phone", "A phone number: name the role or the directory entry instead."),
        SensitiveKind.Email => (Severity.Medium, "personal_data.email", "An e-mail address: name the role or a shared mailbox instead."),
        _ => null,
    };
}
