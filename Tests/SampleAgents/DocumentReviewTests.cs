using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Review;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.Tests.SampleAgents;

public sealed class DocumentReviewTests
{
    private const string Complete = "Owner: Finance\nDate: 2026-03-01\nApproved by: the board\n";

    [Theory]
    [InlineData("Write to jane.doe@example.com today", "personal_data.email")]
    [InlineData("(jane@sub.example.co.uk)", "personal_data.email")]
    [InlineData("Call +49 30 1234567 now", "personal_data.phone")]
    [InlineData("Call 030 1234567", "personal_data.phone")]
    [InlineData("Call (555) 123-4567", "personal_data.phone")]
    [InlineData("Pay to DE89 3704 0044 0532 0130 00 please", "personal_data.iban")]
    [InlineData("GB82WEST12345698765432", "personal_data.iban")]
    [InlineData("Card 4111 1111 1111 1111 was used", "personal_data.card")]
    [InlineData("378282246310005", "personal_data.card")]
    [InlineData("In 2026 4111-1111-1111-1111", "personal_data.card")]
    [InlineData("2026 3782 822463 10005", "personal_data.card")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----", "secret.private_key")]
    [InlineData("-----BEGIN PRIVATE KEY-----", "secret.private_key")]
    [InlineData("password: hunter2", "secret.password")]
    [InlineData("password: changeme", "secret.password")]
    [InlineData("DB_PASSWORD=letmein", "secret.password")]
    [InlineData("\"apiKey\": \"abcd efgh\"", "secret.password")]
    [InlineData("| Password | winter2026! |", "secret.password")]
    [InlineData("**Password:** Tr0ub4dor", "secret.password")]
    [InlineData("postgres://app:pw@db/main", "secret.password")]
    [InlineData("Use AKIAIOSFODNN7EXAMPLE here", "secret.key")]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345", "secret.key")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "secret.key")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "secret.key")]
    [InlineData("Bearer q8Zt3LmX0vRb7NcYp2KdWf5HsJ9aEuGi", "secret.key")]
    [InlineData("See http://intranet.example/page", "network.plain_http")]
    [InlineData("The server is 10.1.2.3", "network.private_address")]
    public void A_security_review_finds(string line, string rule)
    {
        var finding = Assert.Single(Review(ReviewType.Security, line), finding => finding.Rule == rule);
        Assert.Equal(4, finding.Line);
    }

    [Theory]
    [InlineData("Pay to DE88 3704 0044 0532 0130 00 please")] // check digits wrong
    [InlineData("Pay to DE89 3704 0044 0532 0130 0 please")] // one digit short
    [InlineData("XX89 3704 0044 0532 0130 00")] // no such country
    [InlineData("Card 4111 1111 1111 1112 was used")] // fails Luhn
    [InlineData("Card 0000 0000 0000 0000 was used")] // no card begins with 0
    [InlineData("Order 1234567890123 of 2026")] // fails Luhn
    [InlineData("On 2026-01-15 at 12:30, version 10.2.33.4")]
    [InlineData("USD 1,234,567.89 and 030-2026")]
    [InlineData("The password policy demands sixteen characters, and tokens expire.")]
    [InlineData("Password: required")]
    [InlineData("API_KEY=<your key>")]
    [InlineData("API_KEY=${API_KEY}")]
    [InlineData("Secret: kept by the board, never written down")]
    [InlineData("| Password | Owner |")]
    [InlineData("123e4567-e89b-12d3-a456-426614174000")] // a UUID
    [InlineData("Internationalization-and-localization-guidelines")]
    [InlineData("-----BEGIN PUBLIC KEY-----")]
    [InlineData("user@host and @team")]
    [InlineData("http://localhost:5000 and https://example.com")]
    [InlineData("192.169.1.1")]
    public void A_security_review_ignores(string line) => Assert.Empty(Review(ReviewType.Security, line));

    [Theory]
    [InlineData("TODO: fill in", "content.open_point")]
    [InlineData("The date is TBD.", "content.open_point")]
    [InlineData("Costs are to be determined.", "content.open_point")]
    [InlineData("Owner: to be named.", "content.open_point")]
    [InlineData("| Deputy | to be appointed |", "content.open_point")]
    [InlineData("The supplier has not yet been approved.", "content.open_point")]
    [InlineData("The contract is not yet signed.", "content.open_point")]
    [InlineData("No successor has been appointed.", "content.open_point")]
    [InlineData("The exemption has no expiry date.", "content.open_point")]
    [InlineData("The deadline was not set.", "content.open_point")]
    [InlineData("Two replies are still outstanding.", "content.open_point")]
    [InlineData("Reviewed by: –", "content.empty_field")]
    [InlineData("**Approved by:** ______", "content.empty_field")]
    [InlineData("| Signed by | - |", "content.empty_field")]
    [InlineData("Deputy: n/a", "content.empty_field")]
    [InlineData("Checked by:", "content.empty_field")]
    [InlineData("Signed: Ann Lee, 3 March. Received by the board: …", "content.empty_field")]
    [InlineData("The transfer of 250,000 euros was made without approval.", "missing.evidence")]
    [InlineData("We paid two invoices without a written purchase order.", "missing.evidence")]
    [InlineData("An unapproved transfer of 900 euros left the account in May.", "missing.evidence")]
    [InlineData("Consent was given orally.", "missing.evidence")]
    [InlineData("The manager agreed over the phone.", "missing.evidence")]
    [InlineData("Approval was given by telephone in May.", "missing.evidence")]
    [InlineData("The signatures of both directors are missing.", "missing.evidence")]
    [InlineData("The figures have not been audited.", "missing.evidence")]
    [InlineData("No one has verified the list.", "missing.evidence")]
    [InlineData("Minutes of that meeting could not be found.", "missing.evidence")]
    [InlineData("Talks take place promptly.", "wording.vague")]
    [InlineData("The report follows shortly.", "wording.vague")]
    [InlineData("It moves at a suitable point, or rather at a suitable date.", "wording.vague")]
    [InlineData("A \"soon\" is no date, but they come soon.", "wording.vague")]
    [InlineData("We hope to deliver.", "wording.vague")]
    [InlineData("The customer has promised to pay soon.", "wording.vague")]
    [InlineData("Engineering intends to look into it.", "wording.vague")]
    [InlineData("Approval by finance: pending.", "content.open_point")]
    [InlineData("It will be fixed as soon as possible.", "wording.vague")]
    [InlineData("Revenue rose to 4,200,000.", "content.unlabelled_number")]
    [InlineData("Revenue rose to 4200000 in March.", "content.unlabelled_number")]
    public void A_general_review_finds(string line, string rule) =>
        Assert.Equal(rule, Assert.Single(Review(ReviewType.General, line)).Rule);

    [Theory]
    [InlineData("Revenue rose to USD 4,200,000.")]
    [InlineData("Revenue rose to €4,200,000 in March.")]
    [InlineData("We have 4,200 customers.")]
    [InlineData("In 2027 we grow by 1,250%.")]
    [InlineData("| Revenue | 4,200,000 |")]
    [InlineData("ISO 27001 and RFC 8693, port 5000")]
    [InlineData("DOC-1234 and 2026-04-01")]
    [InlineData("Method, todos and hope.")]
    [InlineData("A manager has to be named within two days.")]
    [InlineData("Each deputy needs to be appointed by the board.")]
    [InlineData("While a decision is pending, access stays closed.")]
    [InlineData("If the owner is not yet known, ask the board; until a deputy is not yet named, nobody signs.")]
    [InlineData("Reviewed by: Ann Lee")]
    [InlineData("| Approved by | Date |")]
    [InlineData("Approved by:\n- Ann Lee")]
    [InlineData("Contact: the board")]
    [InlineData("Nothing may be paid without approval.")]
    [InlineData("Orders placed without a purchase order are blocked.")]
    [InlineData("An unapproved change must never reach production.")]
    [InlineData("Never release a payment that nobody has approved.")]
    [InlineData("Approval was given in writing and is documented.")]
    [InlineData("The receipts could be found.")]
    [InlineData("A poor goal is \"improve onboarding as far as possible\".")]
    [InlineData("They wrote “we pay soon”, and did so on 3 March 2026.")]
    [InlineData("Shortly after noon it ended.")]
    [InlineData("Sooner than planned, pending orders were shipped.")]
    [InlineData("Figures in thousand euros. Revenue rose to 4,200.")]
    public void A_general_review_ignores(string line) => Assert.Empty(Review(ReviewType.General, line));

    [Theory]
    [InlineData("Date: 2026-03-01\nApproved by: X", "missing.owner")]
    [InlineData("Owner: Finance\nApproved by: X", "missing.date")]
    [InlineData("Owner: Finance\nDate: 1 March 2026", "missing.approval")]
    [InlineData("Owner: Finance\nDate: 1 March 2026\nApproval: none", "missing.approval")]
    [InlineData("Owner: Finance\nDate: 1 March 2026\nEach order needs two approvals: one by finance.", "missing.approval")]
    [InlineData("The person responsible was on leave.\nDate: 1 March 2026\nApproved by X", "missing.owner")]
    [InlineData("Owner: unknown\nDate: 1 March 2026\nApproved by X", "missing.owner")]
    public void A_compliance_review_names_what_is_missing(string content, string rule) =>
        Assert.Equal(rule, Assert.Single(DocumentReview.Run(TestDocument.Of(content), ReviewType.Compliance)).Rule);

    [Theory]
    [InlineData("**Owner:** Finance Department")]
    [InlineData("| Owner | Finance |")]
    [InlineData("Prepared by Bob")]
    [InlineData("Written by Bob, Communications")]
    [InlineData("The owner of this policy is Bob.\nOwner: Bob")]
    [InlineData("Owner: Bob\nApproval by the board: Ann, 3 March 2026")]
    public void An_owner_can_be_named_in_several_ways(string owner) =>
        Assert.Empty(DocumentReview.Run(TestDocument.Of($"{owner}\nMarch 2026\nSigned off by the CFO"), ReviewType.Compliance));

    [Theory]
    [InlineData("Helena Brandt", 0)]
    [InlineData("to be named", 1)]
    [InlineData("n/a", 1)]
    [InlineData("", 1)]
    [InlineData(null, 1)]
    public void An_owner_in_the_metadata_is_an_owner(string? owner, int findings) =>
        Assert.Equal(findings, DocumentReview.Run(new AgentDocument("Minutes", owner, "Of 3 March 2026."), ReviewType.General).Count);

    [Fact]
    public void A_general_review_reports_secrets_but_not_personal_data()
    {
        Assert.Empty(Review(ReviewType.General, "jane@example.com"));
        Assert.Equal("secret.password", Assert.Single(Review(ReviewType.General, "password=hunter2")).Rule);
    }

    [Fact]
    public void Findings_are_ordered_by_severity_and_then_by_line()
    {
        var findings = DocumentReview.Run(TestDocument.Of("TODO\njane@example.com\nTODO\npassword=hunter2"), ReviewType.Compliance);

        Assert.Equal("secret.password", findings[0].Rule);
        Assert.Equal(findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Line), findings);
    }

    [Fact]
    public void A_flood_of_one_kind_hides_no_other()
    {
        var flood = string.Concat(Enumerable.Repeat("password=hunter2\n", 10_000));
        var findings = DocumentReview.Run(TestDocument.Of(flood + "jane@example.com"), ReviewType.Security);

        Assert.Equal(DocumentReview.MaxFindingsPerRule, findings.Count(finding => finding.Rule == "secret.password"));
        Assert.Single(findings, finding => finding.Rule == "personal_data.email");
    }

    [Fact]
    public void A_private_key_is_reported_once_without_its_body()
    {
        const string body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
        var findings = Review(ReviewType.Security,
            $"-----BEGIN PRIVATE KEY-----\n{body}\nTODO http://x.example {body}\n-----END PRIVATE KEY-----\nend");

        Assert.Single(findings, finding => finding.Rule == "secret.private_key");
        Assert.All(findings, finding => Assert.DoesNotContain(body, finding.Excerpt, StringComparison.Ordinal));
    }

    [Fact]
    public void A_stray_key_header_does_not_disable_the_review()
    {
        var findings = Review(ReviewType.Security, "-----BEGIN PRIVATE KEY-----\nSome text.\npassword=hunter2");

        Assert.Contains(findings, finding => finding is { Rule: "secret.password", Line: 6 });
    }

    private static IReadOnlyList<Finding> Review(ReviewType type, string lines) =>
        DocumentReview.Run(TestDocument.Of(Complete + lines), type);
}
