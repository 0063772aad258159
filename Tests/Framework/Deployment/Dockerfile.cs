using System.Text.RegularExpressions;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Framework.Deployment;

/// <summary>AppHost/keycloak/Dockerfile as far as a test can follow it: its instructions, stage by stage.</summary>
internal static partial class Dockerfile
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "AppHost", "keycloak");

    /// <summary>Word and rest of each instruction; comments are gone, continued lines are one.</summary>
    public static IReadOnlyList<(string Word, string Text)> Instructions { get; } =
    [
        .. from line
            in Continued()
                .Replace(string.Join('\n', File.ReadLines(Path.Combine(Folder, "Dockerfile")).Where(line => !line.StartsWith('#'))), " ")
                .Split('\n')
           where line.Length > 0
           select (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim()),
    ];

    /// <summary>The instructions of the image that runs, which is the last stage.</summary>
    public static IReadOnlyList<(string Word, string Text)> Last { get; } =
        [.. Instructions.Skip(Instructions.Select((instruction, at) => (instruction.Word, at)).Last(pair => pair.Word == "FROM").at)];

    /// <summary>The release that it starts from.</summary>
    public static string Version { get; } = Instructions.First(instruction => instruction.Word == "FROM").Text.Split(' ')[0].Split(':')[1];

    /// <summary>The options of Keycloak's build step.</summary>
    public static IReadOnlyDictionary<string, string> BuildOptions { get; } = Instructions.Where(instruction => instruction.Word == "ENV")
        .SelectMany(instruction => instruction.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The words of an instruction in its exec form.</summary>
    public static IReadOnlyList<string> Words(string instruction) =>
        System.Text.Json.JsonSerializer.Deserialize<string[]>(Last.Last(candidate => candidate.Word == instruction).Text)!;

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();
}
