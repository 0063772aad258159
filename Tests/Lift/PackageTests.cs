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
        var commands = ForFolder("alone");
        Directory.CreateDirectory(commands.Solution);
        commands.Copy("cp -r ServiceDefaults ../lift");
        await commands.RunAsync(commands.Solution, "dotnet new sln -n Lift");
        await commands.RunAsync(commands.Solution, "dotnet sln add ServiceDefaults");
        await commands.RunAsync(commands.Solution, "dotnet build");

        Assert.NotEmpty(Built(commands, "ServiceDefaults"));
    }

    [Fact]
    public async Task Services_build_on_the_copied_folder_in_place_of_the_package()
    {
        var commands = ForFolder("folder");
        commands.Copy("cp -r samples/Lift ../lift");
        commands.Copy("cp -r ServiceDefaults ../lift");
        foreach (var command in (string[])
        [
            "dotnet new sln -n Lift", "dotnet sln add Orders Stock", "dotnet sln add ServiceDefaults",
            "dotnet remove Orders package TraceDemo.ServiceDefaults", "dotnet remove Stock package TraceDemo.ServiceDefaults",
            "dotnet add Orders reference ServiceDefaults", "dotnet add Stock reference ServiceDefaults", "dotnet build",
        ])
        {
            await commands.RunAsync(commands.Solution, command);
        }

        Assert.All((string[])["Orders", "Stock"], service =>
        {
            Assert.DoesNotContain("PackageReference",
                File.ReadAllText(Path.Combine(commands.Solution, service, $"{service}.csproj")), StringComparison.Ordinal);
            Assert.Equal(Built(commands, "ServiceDefaults"), Built(commands, service));
        });
    }

    private DocumentedCommands ForFolder(string home)
    {
        var commands = new DocumentedCommands(solution.Beside(home));
        if (IsRestricted)
        {
            commands.Export("FeedProfile=restricted");
        }

        return commands;
    }

    private static byte[] Built(DocumentedCommands commands, string project) =>
        File.ReadAllBytes(Path.Combine(commands.Solution, project, "bin", "Debug", "net10.0", "TraceDemo.ServiceDefaults.dll"));

    private string Packed(string extension) =>
        Assert.Single(Directory.GetFiles(Path.Combine(solution.Commands.Solution, "packages"), $"TraceDemo.ServiceDefaults.*.{extension}"));

    private static string Manifest(ZipArchive package, string member)
    {
        using var stream = Assert.Single(package.Entries, entry => entry.FullName == "TraceDemo.ServiceDefaults.nuspec").Open();
        return Assert.Single(XDocument.Load(stream).Descendants(), element => element.Name.LocalName == member).Value;
    }
}
