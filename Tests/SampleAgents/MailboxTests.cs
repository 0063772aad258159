using FsCheck;
using FsCheck.Fluent;
using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Review;
using TraceDemo.SampleAgents.Work;

namespace TraceDemo.Tests.SampleAgents;

/// <summary>A shared mailbox is nobody's personal data; whatever is in doubt is.</summary>
public sealed class MailboxTests
{
    private static readonly string[] Roles = [
        "finance", "it-security", "customer.service", "hr", "noreply", "support2", "accounts_payable", "Press", "works-council"];
    private static readonly string[] People = ["jane", "jane.doe", "j.doe", "sales.jane", "jane-hr", "finance.weber", "doe2", "hrabal"];
    private static readonly string[] Sentences = [
        "Write to {0} today.", "Questions go to {0}.", "({0})", "<{0}>", "mailto:{0}", "Team mailbox: {0}, at any hour"];

    [Fact]
    public void Every_role_in_every_sentence_is_ignored() =>
        Check(Roles, (address, sentence) => Emails(string.Format(null, sentence, address)) == 0);

    [Fact]
    public void Every_person_in_every_sentence_is_found() =>
        Check(People, (address, sentence) => Emails(string.Format(null, sentence, address)) == 1);

    [Fact]
    public void A_person_beside_a_role_is_found() =>
        Check(People, (address, sentence) =>
            Emails($"Write to finance@example.com,{address} today") == 1 && Emails($"finance@example.com and {address}") == 1);

    [Theory]
    [InlineData("Call it-security@example.com or +49 40 5550 0142 at any hour.", 0)]
    [InlineData("Call +49 40 5550 0142 at any hour.", 1)]
    [InlineData("Write to finance@example.com. Jane has +49 40 5550 0142.", 1)]
    [InlineData("Call jane.doe@example.com or +49 40 5550 0142.", 2)]
    [InlineData("Call finance@example.com, jane.doe@example.com or +49 40 5550 0142.", 2)]
    public void A_number_belongs_to_the_mailbox_of_its_sentence(string line, int findings) =>
        Assert.Equal(findings, Findings(line).Count(finding => finding.Rule.StartsWith("personal_data.", StringComparison.Ordinal)));

    [Fact]
    public void A_shared_mailbox_is_still_masked_in_every_excerpt()
    {
        var finding = Assert.Single(Findings("password=hunter2 for finance@example.com"), finding => finding.Rule == "secret.password");
        Assert.Equal("[password] for [e-mail address]", finding.Excerpt);
    }

    private static void Check(string[] names, Func<string, string, bool> holds)
    {
        var pairs = from name in Gen.Elements(names)
                    from host in Gen.Elements("example.com", "mail.example.co.uk")
                    from sentence
            in Gen.Elements(Sentences)
                    select ($"{name}@{host}", sentence);
        Prop.ForAll(pairs.ToArbitrary(), pair => holds(pair.Item1, pair.sentence)).QuickCheckThrowOnFailure();
    }

    private static int Emails(string line) => Findings(line).Count(finding => finding.Rule == "personal_data.email");

    private static IReadOnlyList<Finding> Findings(string line) => DocumentReview.Run(TestDocument.Of(line), ReviewType.Security);
}
