using TraceDemo.Contracts;
using TraceDemo.SampleAgents.Review;
using TraceDemo.SampleAgents.Summary;

namespace TraceDemo.Tests.SampleAgents;

/// <summary>What a person sees who tries the agents on the documents that come with the system.</summary>
public sealed class ShippedDocumentsTests
{
    private static readonly ReviewType[] GeneralCompliance = [ReviewType.General, ReviewType.Compliance];
    private static readonly ReviewType[] ComplianceSecurity = [ReviewType.Compliance, ReviewType.Security];

    /// <summary>Every fault that was planted in a document: words of its line, the rule that must find it, and in which reviews.</summary>
    private static readonly (string Document, string Words, string Rule, ReviewType[] Types)[] Faults =
    [
        ("DOC-001", "Owner: to be named.", "content.open_point", GeneralCompliance),
        ("DOC-001", "and not yet approved.", "content.open_point", GeneralCompliance),
        ("DOC-001", "we expect them soon.", "wording.vague", GeneralCompliance),
        ("DOC-001", "should be limited as appropriate.", "wording.vague", GeneralCompliance),
        ("DOC-001", "improved where possible.", "wording.vague", GeneralCompliance),
        ("DOC-002", "the decision is pending.", "content.open_point", GeneralCompliance),
        ("DOC-002", "written assessment, which is still missing.", "missing.evidence", GeneralCompliance),
        ("DOC-002", "has promised to pay soon.", "wording.vague", GeneralCompliance),
        ("DOC-002", "were paid without a purchase order. Approval was given afterwards by telephone",
            "missing.evidence", GeneralCompliance),
        ("DOC-002", "a spreadsheet that nobody has reviewed.", "missing.evidence", GeneralCompliance),
        ("DOC-002", "Reviewed by: –", "content.empty_field", GeneralCompliance),
        ("DOC-002", "Approved by: –", "content.empty_field", GeneralCompliance),
        ("DOC-003", "# Administrative Access Policy", "missing.approval", [ReviewType.Compliance]),
        ("DOC-003", "and no deputy is named.", "content.open_point", GeneralCompliance),
        ("DOC-003", "the initial password of the test environment", "secret.password", [.. GeneralCompliance, ReviewType.Security]),
        ("DOC-003", "and has no end date.", "content.open_point", GeneralCompliance),
        ("DOC-003", "planned for a suitable maintenance window.", "wording.vague", GeneralCompliance),
        ("DOC-003", "one answer is outstanding.", "content.open_point", GeneralCompliance),
        ("DOC-004", "ombudsperson. Nobody may suffer", "personal_data.email", ComplianceSecurity),
        ("DOC-004", "should normally take place promptly.", "wording.vague", GeneralCompliance),
        ("DOC-004", "a date for the next review has not been set.", "content.open_point", GeneralCompliance),
        ("DOC-005", "engineering intends to look into it.", "wording.vague", GeneralCompliance),
        ("DOC-005", "a written offer is missing.", "missing.evidence", GeneralCompliance),
        ("DOC-005", "It has not been verified.", "missing.evidence", GeneralCompliance),
        ("DOC-005", "to be determined", "content.open_point", GeneralCompliance),
        ("DOC-005", "Approval by finance: pending.", "content.open_point", GeneralCompliance),
        ("DOC-006", "Date: to be agreed.", "content.open_point", GeneralCompliance),
        ("DOC-006", "Owner: not yet named.", "content.open_point", GeneralCompliance),
        ("DOC-006", "the second approval is missing.", "missing.evidence", GeneralCompliance),
        ("DOC-006", "could not be found.", "missing.evidence", GeneralCompliance),
        ("DOC-006", "the written acceptance is not signed.", "missing.evidence", GeneralCompliance),
        ("DOC-006", "will be closed as soon as practicable.", "wording.vague", GeneralCompliance),
        ("DOC-006", "checks the measures for F-1 and F-2 in February 2027.", "personal_data.email", ComplianceSecurity),
        ("DOC-006", "Received by the board: –", "content.empty_field", GeneralCompliance),
        ("DOC-007", "announced in due course.", "wording.vague", GeneralCompliance),
    ];

    public static TheoryData<string> Documents => ["DOC-001", "DOC-002", "DOC-003", "DOC-004", "DOC-005", "DOC-006", "DOC-007"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_planted_fault_is_found_and_nothing_else_is_reported(string id)
    {
        var document = TestDocument.Shipped(id);
        var lines = document.Content.Split('\n');
        foreach (var type in Enum.GetValues<ReviewType>())
        {
            var planted = Faults.Where(fault => fault.Document == id && fault.Types.Contains(type))
                .Select(
                    fault => $"{1 + Array.FindIndex(lines, line => line.Contains(fault.Words, StringComparison.Ordinal))} {fault.Rule}");
            var found = DocumentReview.Run(document, type).Select(finding => $"{finding.Line} {finding.Rule}");
            Assert.Equal(planted.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Each_planted_fault_is_on_one_line_of_its_document(string id)
    {
        var lines = TestDocument.Shipped(id).Content.Split('\n');
        Assert.All(Faults.Where(fault => fault.Document == id),
            fault => Assert.Single(lines, line => line.Contains(fault.Words, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Each_document_has_a_summary_shorter_than_itself(string id)
    {
        var content = TestDocument.Shipped(id).Content;
        var summary = ExtractiveSummary.Create(content);

        Assert.All(
            summary, sentence => Assert.Contains(sentence, content.Replace("**", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.InRange(summary.Count, 3, ExtractiveSummary.MaxSentences);
        Assert.True(summary.Sum(sentence => sentence.Length) < content.Length / 2);
    }

    [Theory]
    [InlineData("DOC-001", "not yet approved")]
    [InlineData("DOC-002", "Revenue of the quarter", "Operating profit", "Cash stood at", "the decision is pending")]
    [InlineData("DOC-005", "Engineering asks for 9,460", "Finance supports 9,100", "missing")]
    [InlineData("DOC-006", "Controls over payments", "two do not work", "the second approval is missing")]
    public void A_summary_keeps_what_a_reader_must_know(string id, params string[] essentials)
    {
        var summary = string.Join('\n', ExtractiveSummary.Create(TestDocument.Shipped(id).Content));
        Assert.All(essentials, essential => Assert.Contains(essential, summary, StringComparison.Ordinal));
    }

    [Fact]
    public void The_summary_of_the_financial_report_names_open_points()
    {
        var content = TestDocument.Shipped("DOC-002").Content;
        var section =
            content[content.IndexOf("## Open points", StringComparison.Ordinal)..content.IndexOf("## Outlook", StringComparison.Ordinal)];
        Assert.Contains(ExtractiveSummary.Create(content), sentence => section.Contains(sentence, StringComparison.Ordinal));
    }
}
