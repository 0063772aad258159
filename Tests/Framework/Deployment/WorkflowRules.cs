using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace TraceDemo.Tests.Framework.Deployment;

/// <summary>Rules for workflows: no actions that can change under the same name,
/// no unnecessary permissions, and a timeout for each job.</summary>
internal static partial class WorkflowRules
{
    public static YamlMappingNode Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    public static IReadOnlyList<string> Findings(string text)
    {
        var workflow = Read(text);
        return
        [
            .. UnpinnedActions(text),
            .. Permissions(workflow),
            .. Triggers(workflow),
            .. Map(workflow, "jobs").Children.SelectMany(job => OfJob(job.Key.ToString(), (YamlMappingNode)job.Value)),
            .. text.Contains("secrets.", StringComparison.Ordinal) ? ["a secret is used"] : Array.Empty<string>(),
            // What an event carries is written by whoever sent it: in a script it would be code.
            .. Steps(workflow).Select(step => Text(step, "run")).Where(run => run.Contains("${{", StringComparison.Ordinal))
            .Select(_ => "an expression stands in a script"),
        ];
    }

    public static IEnumerable<YamlMappingNode> Steps(YamlMappingNode workflow) =>
        Map(workflow, "jobs").Children.Values.SelectMany(job => StepsOf((YamlMappingNode)job));

    public static string Text(YamlMappingNode node, string name) => node.Children.TryGetValue(name, out var value) ? value.ToString() : "";

    /// <summary>By commit, because a tag can be moved; with the version beside it for people; one commit per action.</summary>
    private static IEnumerable<string> UnpinnedActions(string text)
    {
        var uses = text.Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
        return uses.Where(line => !Pinned().IsMatch(line)).Select(line => $"not pinned: {line}")
            .Concat(uses.Select(line => Pinned().Match(line)).GroupBy(match => match.Groups["action"].Value)
            .Where(group => group.Select(match => match.Value.TrimStart('-', ' ')).Distinct().Count() > 1)
            .Select(group => $"several versions: {group.Key}"));
    }

    private static IEnumerable<string> Permissions(YamlMappingNode workflow)
    {
        var granted = workflow.Children.TryGetValue("permissions", out var node) && node is YamlMappingNode map
            ? map.Children.Select(pair => $"{pair.Key}: {pair.Value}").ToList() : ["all"];
        return granted.Where(permission => permission != "contents: read").Select(permission => $"permission {permission}");
    }

    private static IEnumerable<string> Triggers(YamlMappingNode workflow) =>
        Map(workflow, "on").Children.Keys.Select(trigger => trigger.ToString()).Except(["push", "pull_request"])
            .Select(trigger => $"trigger {trigger}");

    private static IEnumerable<string> OfJob(string name, YamlMappingNode job)
    {
        if (!int.TryParse(Text(job, "timeout-minutes"), out var minutes) || minutes is < 1 or > 60)
        {
            yield return $"{name}: no end within an hour";
        }

        if (!Runner().IsMatch(Text(job, "runs-on")))
        {
            yield return $"{name}: no fixed runner";
        }

        if (job.Children.ContainsKey("permissions"))
        {
            yield return $"{name}: permissions of its own";
        }

        foreach (var checkout in StepsOf(job).Where(step => Text(step, "uses").StartsWith("actions/checkout@", StringComparison.Ordinal)))
        {
            if (!checkout.Children.ContainsKey("with") || Text(Map(checkout, "with"), "persist-credentials") != "false")
            {
                yield return $"{name}: the token stays in the working copy";
            }
        }
    }

    private static IEnumerable<YamlMappingNode> StepsOf(YamlMappingNode job) =>
        ((YamlSequenceNode)job.Children["steps"]).Cast<YamlMappingNode>();

    private static YamlMappingNode Map(YamlMappingNode node, string name) => (YamlMappingNode)node.Children[name];

    [GeneratedRegex(@"^(- )?uses: (?<action>[\w.-]+/[\w./-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"^ubuntu-\d\d\.\d\d$")]
    private static partial Regex Runner();
}
