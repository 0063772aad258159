using System.Text.RegularExpressions;
using TraceDemo.Tests.Conventions;

namespace TraceDemo.Tests.Deployment;

/// <summary>
/// What AppHost's sources say about each resource. They can't be compiled where Aspire's packages are missing, so they are read: which
/// extension methods a resource goes through, and which variables those set.
/// </summary>
internal static partial class AppHostSource
{
    public static SourceFile Program { get; } = SourceFiles.Named("AppHost/Program.cs");

    private static readonly Dictionary<string, string> Methods = SourceFiles.CSharp
        .Where(file => file.Project == "AppHost" && file != Program)
        .SelectMany(file => MethodStart.Split(file.Text).Skip(1))
        .Select(text => (Name: MethodName.Match(text).Groups["name"].Value, Text: text))
        .GroupBy(method => method.Name).ToDictionary(group => group.Key, group => string.Concat(group.Select(method => method.Text)));

    /// <summary>The names of the services, by the variable that holds each.</summary>
    private static readonly Dictionary<string, string> Services =
        Declaration.Matches(Program.Text).ToDictionary(match => match.Groups["variable"].Value, match => match.Groups["name"].Value);

    /// <summary>Variables set for a resource; what is put in while running is <c>X</c>.</summary>
    public static IReadOnlySet<string> EnvironmentOf(string resource)
    {
        var chains = Resource.Matches(Program.Text).Where(match => match.Groups["name"].Value == resource)
            .Concat(Statement.Matches(Program.Text).Where(match => Means(match.Groups["variable"].Value, resource)));
        return chains.SelectMany(match => VariablesIn(match.Groups["chain"].Value, [])).ToHashSet();
    }

    /// <summary>The services that a service is told the addresses of.</summary>
    public static IReadOnlySet<string> CalledBy(string service) =>
        Calls.Matches(Program.Text).Where(match => Services[match.Groups["caller"].Value] == service)
            .SelectMany(match => match.Groups["others"].Value.Split(", ")).Select(other => Services[other]).ToHashSet();

    private static bool Means(string variable, string resource) =>
        variable == "service" ? Services.ContainsValue(resource) : Services.GetValueOrDefault(variable) == resource;

    private static IEnumerable<string> VariablesIn(string text, HashSet<string> seen)
    {
        var own = Variable.Matches(text).Select(match => Interpolated.Replace(match.Groups["name"].Value, "X"));
        var called = Call.Matches(text).Select(match => match.Groups["name"].Value).Where(name => Methods.ContainsKey(name) && !seen.Contains(name));
        return own.Concat(called.SelectMany(name => VariablesIn(Methods[name], seen.Append(name).ToHashSet())));
    }

    [GeneratedRegex("^    (?=(?:public|private|internal) static )", RegexOptions.Multiline)]
    private static partial Regex MethodStart { get; }

    [GeneratedRegex(@"static [\w<>?]+ (?<name>\w+)(?:<T>)?\(")]
    private static partial Regex MethodName { get; }

    [GeneratedRegex(@"^var (?<variable>\w+) = builder\.AddProject<Projects\.\w+>\(""(?<name>[\w-]+)""\);", RegexOptions.Multiline)]
    private static partial Regex Declaration { get; }

    [GeneratedRegex(@"builder\.Add(?:Project<Projects\.\w+>|Keycloak|Redis)\(""(?<name>[\w-]+)""[^)]*\)(?<chain>(?:\s*\.\w+\([^()]*\))*)")]
    private static partial Regex Resource { get; }

    [GeneratedRegex(@"^\s*(?<variable>\w+)(?<chain>(?:\s*\.\w+\((?:[^()]|\([^()]*\))*\))+);", RegexOptions.Multiline)]
    private static partial Regex Statement { get; }

    [GeneratedRegex(@"^(?<caller>\w+)\.Calls\((?<others>[\w, ]+)\);", RegexOptions.Multiline)]
    private static partial Regex Calls { get; }

    [GeneratedRegex(@"\.WithEnvironment\(\s*\$?""(?<name>(?:\{(?:[^{}""]|""[^""]*"")*\}|[^""{])+)""")]
    private static partial Regex Variable { get; }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Interpolated { get; }

    [GeneratedRegex(@"\.(?<name>[A-Z]\w+)(?:<T>)?\(")]
    private static partial Regex Call { get; }
}
