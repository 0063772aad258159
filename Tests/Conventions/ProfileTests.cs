using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults;

namespace TraceDemo.Tests.Conventions;

/// <summary>The two sets of package versions, and what a service says about the older one.</summary>
public sealed partial class ProfileTests
{
    /// <summary>Packages that only one profile has; each with its reason.</summary>
    private static readonly Dictionary<string, string> OnlyInOne = new()
    {
        ["Duende.IdentityModel"] = "restricted feeds lack it: ServiceDefaults/RestrictedFeed stands in for it",
        ["Microsoft.IdentityModel.Protocols.OpenIdConnect"] =
            "the current token handler brings its own, the older one a version that is too old",
    };

    private static readonly IReadOnlyList<XElement> Groups =
    [
        .. from file in (string[])["Directory.Packages.props", "ServiceDefaults/Directory.Packages.props"]
           from element in XDocument.Parse(SourceFiles.Named(file).Text).Descendants("ItemGroup")
           select element,
    ];

    [Fact]
    public void Both_profiles_define_a_version_of_every_package_except_a_short_list()
    {
        var inDefault = Packages("!=");
        var inRestricted = Packages("==");
        Assert.NotEmpty(inDefault);
        Findings.NoneBut(
            OnlyInOne, inDefault.Except(inRestricted).Concat(inRestricted.Except(inDefault)).Select(package => (package, package)));
    }

    [Fact]
    public async Task A_service_of_the_restricted_profile_logs_its_older_packages_in_one_line()
    {
        var logs = new LogLines();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.AddServiceDefaults();
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var said = logs.Lines.Where(line => line.StartsWith("packages.restricted", StringComparison.Ordinal)).ToList();
#if RESTRICTED_FEED
        var line = Assert.Single(said);
        var older = XDocument.Parse(SourceFiles.Named("ServiceDefaults/Directory.Packages.props").Text).Descendants("PackageVersion")
            .Where(package => package.Attribute("Older")?.Value is "true")
            .Select(package => $"{package.Attribute("Include")!.Value} {package.Attribute("Version")!.Value}");
        Assert.Contains($": {string.Join(", ", older)};", line, StringComparison.Ordinal);
#else
        Assert.Empty(said);
#endif
    }

    [Fact]
    public void Only_a_few_places_outside_the_folder_mention_the_restricted_profile()
    {
        var conditions = SourceFiles.CSharp.Where(file => !file.Path.Contains("RestrictedFeed/", StringComparison.Ordinal))
            .SelectMany(file => file.Lines).Count(Condition.IsMatch);

        Assert.InRange(conditions, 1, 4);
    }

    [Fact]
    public void Older_versions_in_the_restricted_profile_are_marked_as_such()
    {
        var newest = Versions("!=").ToDictionary(Name, package => Version.Parse(package.Attribute("Version")!.Value));
        foreach (var package in Versions("==").Where(package => newest.ContainsKey(Name(package))))
        {
            Assert.True(Version.Parse(package.Attribute("Version")!.Value) < newest[Name(package)], Name(package));
            Assert.Equal("true", package.Attribute("Older")?.Value);
        }

        static string Name(XElement package) => package.Attribute("Include")!.Value;
    }

    private static List<string> Packages(string comparison) =>
        [.. Versions(comparison).Select(package => package.Attribute("Include")!.Value)];

    [GeneratedRegex(@"^\s*#(el)?if\b.*\bRESTRICTED_FEED\b")]
    private static partial Regex Condition { get; }

    /// <summary>But those of Aspire: without them two projects build to nothing.</summary>
    private static IEnumerable<XElement> Versions(string comparison) =>
        Groups.Where(group => group.Attribute("Label")?.Value is not "Aspire"
            && group.Attribute("Condition")?.Value.Contains(comparison, StringComparison.Ordinal) is true)
            .Elements("PackageVersion");
}
