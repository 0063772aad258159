using System.Text.RegularExpressions;
using TraceDemo.DocumentService.Policy.Rules;
using TraceDemo.ServiceDefaults.TransactionTokens;

namespace TraceDemo.Tests.TransactionTokens;

/// <summary>What <c>txn.result</c> may say is one list in code, explanation and document.</summary>
public sealed partial class DocumentedResultTests
{
    private const string Issued = "issued";

    private static readonly string[] Documented =
        [.. Word.Matches(
            SourceFiles.Named("docs/telemetry.md").Lines.Single(line => line.StartsWith("| `txn.result` |", StringComparison.Ordinal))
                .Split('|')[3]).Select(match => match.Value)];

    [Fact]
    public void Document_lists_the_results_that_spans_have_and_no_other()
    {
        var source =
            string.Concat(SourceFiles.CSharp.Where(
                file => file.Path.StartsWith("ServiceDefaults/TransactionTokens/", StringComparison.Ordinal)).Select(file => file.Text));
        var told = Refused.Matches(source).Select(match => match.Groups["word"].Value).Append(GrantVerdict.Given.Result).Append(Issued);

        Assert.Contains($"result: \"{Issued}\"", source, StringComparison.Ordinal);
        Assert.Equal(told.Distinct().Order(StringComparer.Ordinal), Documented.Order(StringComparer.Ordinal));
        Assert.Equal("granted", GrantVerdict.Given.Result);
    }

    [Fact]
    public void Explanation_tells_each_refused_result_apart()
    {
        var rule = new GrantRule();
        var details = Documented.Except([Issued, "granted", "invalid"]).Select(result => rule.Judge(
            Facts.Delegated("alice", "gpt4",
                "DOC-005") with
            { Delegation = Facts.Through(Facts.Agent("gpt4")) with { Grant = GrantVerdict.Not(result) } },
            DocumentService.Policy.PermissionIntersection.None).Detail).ToList();

        Assert.Equal(details.Count, details.Distinct().Count());
        Assert.DoesNotContain("The transaction token is not valid. Start the delegation again.", details);
    }

    [GeneratedRegex("(?<=`)[a-z_]+(?=`)")]
    private static partial Regex Word { get; }

    [GeneratedRegex("""GrantVerdict\.Not\("(?<word>[a-z_]+)"\)""")]
    private static partial Regex Refused { get; }
}
