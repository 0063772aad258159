using System.Text.RegularExpressions;
using TraceDemo.AgentService.Registry;

namespace TraceDemo.Tests.Agents;

/// <summary>What the registry tells a person to try first must be what the policy allows.</summary>
public sealed partial class AgentDescriptionTests
{
    [Fact]
    public void The_summarizers_description_names_exactly_the_documents_it_may_read() =>
        Assert.Equal(Within("summarizer"), Named("summarizer"));

    [Fact]
    public void The_reviewers_description_names_documents_beyond_its_clearance_and_the_agent_that_may_read_them()
    {
        Assert.Equal(Within("claude").Except(Within("reviewer")), Named("reviewer"));
        Assert.Contains("ask claude", Description("reviewer"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Named(string agent) => DocumentName().Matches(Description(agent)).Select(match => match.Value);

    private static string Description(string agent) =>
        RegistryFolder.Read(Path.Combine(AppContext.BaseDirectory, "agents")).Single(entry => entry.Id.Value == agent).Description;

    /// <summary>For a person of every department.</summary>
    private static IReadOnlyList<string> Within(string agent) =>
    [
        .. Facts.Documents.Keys.Where(document =>
            Facts.Policy.Decide(Facts.Delegated("alice", agent, document) with { Departments = Facts.Data.Departments }).Allowed)
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("DOC-[0-9]{3}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DocumentName();
}
