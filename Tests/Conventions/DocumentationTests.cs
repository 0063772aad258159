using System.Text.RegularExpressions;
using TraceDemo.Contracts;
using TraceDemo.ServiceDefaults.Vocabulary;
using TraceDemo.Standalone.Commands;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Conventions;

/// <summary>What documents say about files, commands, reasons and limits of their own must be true.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading()
    {
        Findings.None(from file in SourceFiles.Markdown
                      from Match link in Link.Matches(Prose(file))
                      let target = link.Groups["target"].Value
                      where !Uri.IsWellFormedUriString(target, UriKind.Absolute) && !LeadsSomewhere(file, target)
                      select $"{file}: {target}");
    }

    [Fact]
    public void Every_path_in_a_document_exists() =>
        Findings.None(from file in SourceFiles.Markdown
                      from Match code in InlineCode.Matches(Prose(file))
                      let path = code.Groups["code"].Value
                      where LooksLikePath(path) && !Exists(path) && !Exists(Path.Combine(FolderOf(file), path))
                      select $"{file}: {path}");

    [Fact]
    public void Every_command_in_a_document_can_be_typed() =>
        Findings.None(from file in SourceFiles.Markdown
                      from line in file.Lines
                      from Match command in DotnetRun.Matches(line)
                      where !IsUnderstood(command.Groups["project"].Value, command.Groups["words"].Value)
                      select $"{file}: {command.Value}");

    [Fact]
    public void Every_test_that_a_document_names_exists()
    {
        var names = Assemblies.OfTests.SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetMethods())
            .Select(method => method.Name).ToHashSet();
        Findings.None(from file in SourceFiles.Markdown
                      from Match test in TestName.Matches(file.Text)
                      where !names.Contains(test.Groups["name"].Value)
                      select $"{file}: {test.Groups["name"].Value}");
    }

    [Fact]
    public void Every_reason_code_is_documented_with_its_status_and_no_other_is()
    {
        var documented = ReasonRow.Matches(SourceFiles.Named("docs/errors.md").Text)
            .Select(row => (row.Groups["reason"].Value, int.Parse(row.Groups["status"].ValueSpan))).ToHashSet();
        var defined = ReasonCode.All.Concat(AccessReasons.All)
            .Select(reason => (reason.Value, reason.Status)).ToHashSet();
        Findings.None(defined.Except(documented).Select(reason => $"not in docs/errors.md: {reason}"));
        Findings.None(documented.Except(defined).Select(reason => $"only in docs/errors.md: {reason}"));
    }

    [Fact]
    public void The_readme_has_at_most_120_lines_and_its_first_command_by_line_25()
    {
        var readme = SourceFiles.Named("README.md");
        Assert.InRange(readme.Lines.Count, 1, 120);
        Assert.InRange(readme.Lines.TakeWhile(line => !line.Contains("dotnet run --project Standalone", StringComparison.Ordinal)).Count(),
            1, 24);
    }

    [Fact]
    public void Decisions_have_at_most_40_lines_and_state_what_was_given_up()
    {
        var decisions = SourceFiles.Markdown.Where(file => file.Path.StartsWith("docs/decisions/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(decisions);
        Assert.All(decisions, decision =>
        {
            Assert.Matches(@"^docs/decisions/\d{3}-[a-z-]+\.md$", decision.Path);
            Assert.InRange(decision.Lines.Count, 5, 40);
            Assert.Superset(new HashSet<string> { "## Context", "## Choice", "## What we gave up", "## When to revisit" },
                decision.Lines.ToHashSet());
        });
    }

    [Fact]
    public void No_file_mentions_the_machine_it_was_written_on() =>
        Findings.None(from file in SourceFiles.All
                      from line in file.Lines
                      where MachinePath.IsMatch(line)
                      select $"{file}: {line.Trim()}");

    private static string Prose(SourceFile file) => Fence.Replace(file.Text, "");

    private static bool LeadsSomewhere(SourceFile from, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0
            ? from.Path
            : Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, FolderOf(from), parts[0])).Replace('\\', '/');
        return Exists(path) && (parts.Length == 1 || Anchors(path).Contains(parts[1]));
    }

    private static IEnumerable<string> Anchors(string path) =>
        File.ReadLines(Path.Combine(Repository.Root, path)).Where(line => line.StartsWith('#'))
            .Select(line => NotInAnchor.Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static string FolderOf(SourceFile file) => Path.GetDirectoryName(file.Path) ?? "";

    /// <summary>A folder of ours and something in it, or a known file name; placeholders and globs are not looked up.</summary>
    private static bool LooksLikePath(string code) =>
        !code.Any(letter => " <>*{}…|:\"".Contains(letter, StringComparison.Ordinal)) && !code.StartsWith('/')
            && !code.Split('/').Contains("artifacts")
        && (code.EndsWith('/') || (code.Contains('/', StringComparison.Ordinal)
        && SourceFiles.All.Any(file => file.Project == code[..code.IndexOf('/', StringComparison.Ordinal)]))
            || Path.GetExtension(code) is ".cs" or ".md" or ".json" or ".props" or ".sln" or ".csproj" or ".svg");

    private static bool Exists(string path)
    {
        var full = Path.Combine(Repository.Root, path);
        return File.Exists(full) || Directory.Exists(full);
    }

    private static bool IsUnderstood(string project, string words) =>
        Directory.Exists(Path.Combine(Repository.Root, project))
        && (project != "Standalone" || CommandLine.Parse(Given(words)) is CommandLine.Accepted);

    /// <summary>The options, with a value that can be parsed for each placeholder but a folder, which would have to exist.</summary>
    private static List<string> Given(string words)
    {
        var list = words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word switch { "N" => "20000", "host:port" => "localhost:6379", _ => word }).ToList();
        var keycloak = list.IndexOf("--keycloak");
        if (keycloak >= 0)
        {
            list.RemoveRange(keycloak, Math.Min(2, list.Count - keycloak));
        }

        return list;
    }

    [GeneratedRegex(@"!?\[[^\]]*\]\((?<target>[^)\s]+)\)|(?:src|srcset|href)=""(?<target>[^""]+)""")]
    private static partial Regex Link { get; }

    [GeneratedRegex("`(?<code>[^`\n]+)`")]
    private static partial Regex InlineCode { get; }

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex(@"dotnet run (?:-c Release )?--project (?<project>[\w.]+)(?: -- (?<words>[^`#|)\n]*?))?(?=\s{2,}|[`#|)\n]|$)")]
    private static partial Regex DotnetRun { get; }

    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*_[a-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*)`")]
    private static partial Regex TestName { get; }

    [GeneratedRegex(@"^\| `(?<reason>[a-z_]+)` \| (?<status>\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex ReasonRow { get; }

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor { get; }

    [GeneratedRegex(@"(?<![\w.~-])/(work|root|home|Users|tmp/bash)/\w")]
    private static partial Regex MachinePath { get; }
}
