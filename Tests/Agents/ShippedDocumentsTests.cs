using TraceDemo.AgentService.Agents.Review;
using TraceDemo.AgentService.Agents.Summary;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.Tests.Agents;

/// <summary>What a person sees who tries the agents on the documents that come with the system.</summary>
public sealed class ShippedDocumentsTests
{
    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Documents/store"), "*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Each_document_has_a_summary_shorter_than_itself(string name)
    {
        var content = Read(name);
        var summary = ExtractiveSummary.Of(content);

        Assert.All(summary, sentence => Assert.Contains(sentence, content.Replace("**", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.DoesNotContain(summary, sentence => sentence.StartsWith("id:", StringComparison.Ordinal));
        Assert.InRange(summary.Count, 2, ExtractiveSummary.MaxSentences);
        Assert.True(summary.Sum(sentence => sentence.Length) < content.Length / 2);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Only_the_password_that_was_left_in_the_admin_policies_is_a_secret(string name)
    {
        var secrets = DocumentReview.Of(Read(name), ReviewType.Security).Where(finding => finding.Severity == Severity.Critical);
        Assert.Equal(name == "DOC-003.md" ? ["secret.password"] : [], secrets.Select(finding => finding.Rule));
    }

    [Fact]
    public void The_budget_is_found_to_wait_for_a_decision_and_an_approval() => Assert.Equal(
        ["| Reservation of capacity | 15 January 2027 | to be determined |", "Approval by finance: pending. Approval by engineering: Priya Raman, 17 November 2026."],
        DocumentReview.Of(Read("DOC-005.md"), ReviewType.Compliance).Where(finding => finding.Rule == "content.open_point").Select(finding => finding.Excerpt));

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Documents/store", name));
}
