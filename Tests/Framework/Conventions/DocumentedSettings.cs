using System.Text.RegularExpressions;

namespace TraceDemo.Tests.Framework.Conventions;

/// <summary>The settings that documents name.</summary>
internal static partial class DocumentedSettings
{
    /// <summary>Read by the libraries we use, not by us.</summary>
    private static readonly string[] OfLibraries = ["OTEL_RESOURCE_ATTRIBUTES"];

    /// <summary>The changelog names settings that are gone.</summary>
    public static IReadOnlySet<string> Names { get; } =
        SourceFiles.Markdown.Where(file => file.Path != "CHANGELOG.md").SelectMany(file => Name.Matches(file.Text))
            .Select(name => Generic(name.Groups["name"].Value)).Except(OfLibraries).ToHashSet();

    public static bool Include(string name) => Names.Contains(Generic(name));

    /// <summary>The same for every agent, service and client.</summary>
    public static string Generic(string name) => OneOfMany.Replace(Placeholder.Replace(name, "*"), "*");

    [GeneratedRegex(@"`(?<name>[A-Za-z]+__[\w<>-]+|(?:<CLIENT>|[A-Z][A-Z0-9]*)_[A-Z0-9_]+)`")]
    private static partial Regex Name { get; }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex(@"(?<=^(?:services|Agents|Otlp__Keys)__)[^_]+|^[A-Z0-9_]+(?=_SECRET$)|(?<=^Gateway__KnownProxies__)0")]
    private static partial Regex OneOfMany { get; }
}
