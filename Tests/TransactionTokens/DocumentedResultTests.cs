using System.Text.Json;
using System.Text.RegularExpressions;
using TraceDemo.Contracts;
using TraceDemo.Contracts.Access;
using TraceDemo.DocumentService.Policy.Facts;
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
    public void Document_lists_exactly_the_results_that_the_policy_distinguishes() => Assert.Equal(
        Enum.GetValues<GrantVerdict>().Select(Of).Append(Issued).Order(StringComparer.Ordinal), Documented.Order(StringComparer.Ordinal));

    [Fact]
    public void Members_of_the_context_are_known_results_of_the_policy() => Assert.All(
        new DelegationContext(AgentId.Parse("a", null), DocumentId.Parse("D", null), "read").Members,
        member => Assert.NotEqual(GrantVerdict.Invalid, TransactionCheck.Other(member.Key).Verdict()));

    [Fact]
    public void Unknown_result_grants_nothing()
    {
        Assert.Equal(GrantVerdict.Invalid, new TransactionCheck(Granted: false, "granted").Verdict());
        Assert.Equal(GrantVerdict.Invalid, TransactionCheck.Other("lines").Verdict());
        Assert.Equal(GrantVerdict.Granted, TransactionCheck.Agrees.Verdict());
    }

    [Fact]
    public void Explanation_distinguishes_each_refused_result()
    {
        var rule = new GrantRule();
        var details = Enum.GetValues<GrantVerdict>().Except([GrantVerdict.Granted, GrantVerdict.Invalid]).Select(verdict => rule.Judge(
            Facts.Delegated("alice", "gpt4",
                "DOC-005") with
            { Delegation = Facts.Through(Facts.Agent("gpt4")) with { Grant = verdict } },
            DocumentService.Policy.Facts.PermissionIntersection.None).Detail).ToList();

        Assert.Equal(details.Count, details.Distinct().Count());
        Assert.DoesNotContain("The transaction token is not valid. Start the delegation again.", details);
    }

    [GeneratedRegex("(?<=`)[a-z_]+(?=`)")]
    private static partial Regex Word { get; }

    private static string Of(GrantVerdict verdict) => JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString());
}
