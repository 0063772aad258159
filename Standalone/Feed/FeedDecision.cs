using System.Text.RegularExpressions;

namespace TraceDemo.Standalone.Feed;

/// <summary>The result of restoring one service, which shows what the package feed contains.</summary>
internal abstract partial record FeedDecision
{
    /// <summary>The feed has all packages.</summary>
    public sealed record Default : FeedDecision;

    /// <summary>The feed responds but lacks these packages.</summary>
    public sealed record Restricted(IReadOnlyList<string> Missing) : FeedDecision;

    /// <summary>The restore failed for a reason that no profile solves, such as an unreachable feed.</summary>
    public sealed record Undecided(IReadOnlyList<string> Errors) : FeedDecision;

    /// <summary>NU1101: the package does not exist; NU1102: that version does not exist. No other error is about the feed.</summary>
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
