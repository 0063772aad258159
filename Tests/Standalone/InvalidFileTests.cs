using System.Diagnostics;
using TraceDemo.Standalone.Instance;
using TraceDemo.Standalone.Processes;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Standalone;

/// <summary>What is wrong in a file that people write, the program itself tells them.</summary>
public sealed class InvalidFileTests
{
    private const string Agent = """{"clientId": "agent-gpt4"}""";

    [Theory]
    [InlineData("agents/gpt4.json", "{", "agents/gpt4.json is not JSON (line 1).")]
    [InlineData("agents/gpt4.json", "{}", "agents/gpt4.json: 'clientId' must name the agent's OAuth client, with a-z, 0-9 and '-' only.")]
    [InlineData("agents/GPT 4.json", Agent,
        "agents/GPT 4.json: a file is named after its agent, with 1 to 64 characters of a-z, 0-9 and '-'.")]
    [InlineData("realms/departments.json", "[]", "realms/departments.json must list at least one department, by name.")]
    [InlineData("realms/departments.json", "hr", "realms/departments.json is not a JSON list of names (line 1).")]
    public async Task An_invalid_file_prevents_startup_with_one_sentence(string file, string content, string sentence)
    {
        using var copy = new WorkingCopy(("claude", """{"clientId": "agent-claude"}"""));
        await File.WriteAllTextAsync(Path.Combine(copy.Root, file), content, TestContext.Current.CancellationToken);

        foreach (var command in (string[][])[[], ["demo"]])
        {
            var (exitCode, output) = await RunAsync(
                ProgramOf(copy), [.. command, "--port-base", $"{FreePorts.Next().Dashboard}"]);

            Assert.Equal((1, sentence), (exitCode, output.TrimEnd()));
        }
    }

    /// <summary>The program finds the working copy that it was built in, so it has to lie there.</summary>
    private static string ProgramOf(WorkingCopy copy)
    {
        var build = Path.GetRelativePath(Path.Combine(Repository.Root, "Tests"), AppContext.BaseDirectory);
        var source = new DirectoryInfo(Path.Combine(Repository.Root, "Standalone", build));
        var target = Path.Combine(copy.Root, "Standalone", build);
        if (!Directory.Exists(target))
        {
            File.WriteAllText(Path.Combine(copy.Root, "TraceDemo.sln"), "");
            foreach (var file in source.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                var to = Path.Combine(target, Path.GetRelativePath(source.FullName, file.FullName));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                file.CopyTo(to);
            }
        }

        return Path.Combine(target, Path.GetFileName(DotnetHost.Self));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(DotnetHost.Executable, [program, .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
