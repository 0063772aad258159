using System.IO.Compression;
using System.Xml.Linq;
using TraceDemo.Standalone.Feed;
using TraceDemo.Topology;

namespace TraceDemo.Tests.Lift;

/// <summary>ServiceDefaults as others get it: a package, or a folder to copy.</summary>
[Collection(typeof(OnLiftedSolution))]
public sealed class PackageTests(LiftedSolution solution)
{
    private static bool IsRestricted => new FeedProfile(Repository.Root).IsRestricted;

    [Fact]
    public void The_package_contains_documentation_readme_and_licence()
    {
        using var package = ZipFile.OpenRead(Packed("nupkg"));

        Assert.Superset(
            new HashSet<string>
            {
                "README.md", "lib/net10.0/TraceDemo.ServiceDefaults.dll", "lib/net10.0/TraceDemo.ServiceDefaults.xml",
            },
            package.Entries.Select(entry => entry.FullName).ToHashSet());
        Assert.Equal("MIT", Manifest(package, "license"));
        Assert.Equal("README.md", Manifest(package, "readme"));
    }

    [Fact]
    public void The_package_names_its_profile()
    {
        using var package = ZipFile.OpenRead(Packed("nupkg"));

        Assert.Equal(IsRestricted, Manifest(package, "description").Contains("for evaluation only", StringComparison.Ordinal));
    }

    [Fact]
    public void The_symbols_are_a_separate_package()
    {
        using var package = ZipFile.OpenRead(Packed("snupkg"));

        Assert.Contains(package.Entries, entry => entry.FullName == "lib/net10.0/TraceDemo.ServiceDefaults.pdb");
    }

    [Fact]
    public async Task The_folder_builds_alone_in_an_empty_solution()
    {
        var folder = solution.Beside("alone");
        LiftedSolution.Copy(Path.Combine(Repository.Root, "ServiceDefaults"), Path.Combine(folder, "ServiceDefaults"));
        await solution.Commands.RunAsync(folder, "dotnet new sln -n Lift");
        await solution.Commands.RunAsync(folder, "dotnet sln add ServiceDefaults");
        await solution.Commands.RunAsync(folder, "dotnet build", IsRestricted ? ["-p:FeedProfile=restricted"] : []);

        Assert.True(File.Exists(Path.Combine(folder, "ServiceDefaults", "bin", "Debug", "net10.0", "TraceDemo.ServiceDefaults.dll")));
    }

    private string Packed(string extension) =>
        Assert.Single(Directory.GetFiles(Path.Combine(solution.Commands.Solution, "packages"), $"TraceDemo.ServiceDefaults.*.{extension}"));

    private static string Manifest(ZipArchive package, string member)
    {
        using var stream = Assert.Single(package.Entries, entry => entry.FullName == "TraceDemo.ServiceDefaults.nuspec").Open();
        return Assert.Single(XDocument.Load(stream).Descendants(), element => element.Name.LocalName == member).Value;
    }
}
