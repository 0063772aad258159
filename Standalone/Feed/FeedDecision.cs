using System.Text.RegularExpressions;

namespace TraceDemo.Standalone.Feed;

/// <summary>What the restore of one service says about the package feed.</summary>
internal abstract partial record FeedDecision
{
    /// <summary>The feed has everything.</summary>
    public sealed record Default : FeedDecision;

    /// <summary>The feed answers but lacks these packages.</summary>
    public sealed record Restricted(IReadOnlyList<string> Missing) : FeedDecision;

    /// <summary>The restore failed for a reason that no profile helps against, such as a feed that can't be reached.</summary>
    public sealed record Undecided(IReadOnlyList<string> Errors) : FeedDecision;

    /// <summary>NU1101: the feed has no such package; NU1102: not in that version. Nothing else is about the feed's contents.</summary>
    public static FeedDecision From(CliResult restore)
    {
        if (restore.Succeeded)
        {
            return new Default();
        }

        var missing = restore.Output.Select(line => MissingPackage.Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["package"].Value + Version(match)).Distinct().Order(StringComparer.Ordinal).ToList();
        return missing.Count > 0 ? new Restricted(missing) : new Undecided([.. restore.Errors]);
    }

    private static string Version(Match match) =>
        match.Groups["version"] is { Success: true } version
            ? " " + version.Value.Replace("(>= ", "", StringComparison.Ordinal).TrimEnd(')') : "";

    [GeneratedRegex(@"error NU110[12]: Unable to find package (?<package>[\w\-]+(\.[\w\-]+)*)( with version (?<version>\([^)]*\)))?",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MissingPackage { get; }
}
