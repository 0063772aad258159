using System.Diagnostics;
using System.Text.Json;
using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Feed;

/// <summary>From a clone to binaries: chooses the package profile, restores and builds, and prints the duration of each step.</summary>
internal sealed class Preparation(string root, TextWriter output, TimeProvider time)
{
    private readonly DotnetCli _dotnet = new(root, time);
    private readonly FeedProfile _profile = new(root);

    /// <summary>Builds only what will run. Returns false on failure, after printing the reason.</summary>
    public async Task<bool> BuildAsync(IReadOnlyList<Service> services, CancellationToken cancellationToken)
    {
        if (!await DecideProfileAsync(cancellationToken))
        {
            return false;
        }

        var filter = WriteFilter(services);
        return await StepAsync("packages", ["restore", filter], cancellationToken)
            && await StepAsync("build", ["build", filter, "--no-restore", .. Fast], cancellationToken);
    }

    public async Task<bool> DecideProfileAsync(CancellationToken cancellationToken)
    {
        if (_profile.IsDecided)
        {
            return true;
        }

        var restore = await _dotnet.RunAsync(FeedProfile.Probe, cancellationToken);
        switch (FeedDecision.From(restore))
        {
            case FeedDecision.Restricted(var missing):
                _profile.Write("restricted");
                await output.WriteLineAsync(
                    $"profile    restricted: this package feed lacks {string.Join(", ", missing)}; older versions are used, for "
                    + $"evaluation only ({restore.Elapsed.TotalSeconds:0.0} s)");
                return true;
            case FeedDecision.Undecided(var errors):
                await FailAsync("packages", errors);
                return false;
            case FeedDecision.Default:
                _profile.Write("default");
                await output.WriteLineAsync(
                    $"profile    default: this package feed has everything ({restore.Elapsed.TotalSeconds:0.0} s, download included)");
                return true;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// Analyzers run in CI. Without a documentation file, a later full build finds its output incomplete and compiles again with analyzers;
    /// so a fast build never hides a warning.
    /// </summary>
    private static IReadOnlyList<string> Fast =>
        ["-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "-p:GenerateDocumentationFile=false"];

    private async Task<bool> StepAsync(string step, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await output.WriteAsync($"{step,-10} ");
        await output.FlushAsync(cancellationToken);
        var result = await _dotnet.RunAsync(arguments, cancellationToken);
        if (!result.Succeeded)
        {
            await output.WriteLineAsync();
            await FailAsync(step, result.Errors);
            return false;
        }

        var note = step == "packages" ? $" (download and restore, {(_profile.IsRestricted ? "restricted" : "default")} profile)" : "";
        await output.WriteLineAsync($"{result.Elapsed.TotalSeconds:0.0} s{note}");
        return true;
    }

    private async Task FailAsync(string step, IEnumerable<string> errors)
    {
        await output.WriteLineAsync($"{step} failed:");
        foreach (var error in errors)
        {
            await output.WriteLineAsync("  " + error);
        }

        if (step == "packages" && _profile.IsDecided)
        {
            await output.WriteLineAsync(
                "  If the package feed has changed, delete artifacts/feed.props: the profile is then chosen again.");
        }
    }

    /// <summary>One solution filter means one evaluation and one scheduler for all
    /// projects, which saves a second for each project.</summary>
    private string WriteFilter(IReadOnlyList<Service> services)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "artifacts", "standalone")).FullName;
        var file = Path.Combine(folder, "services.slnf");
        string[] projects = ["ServiceDefaults/ServiceDefaults.csproj", .. services.Select(service => service.ProjectFile)];
        File.WriteAllText(file, JsonSerializer.Serialize(new { solution = new { path = "../../TraceDemo.sln", projects } }));
        return file;
    }
}
