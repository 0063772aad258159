using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TraceDemo.ServiceDefaults;

namespace TraceDemo.Tests.Conventions;

/// <summary>The two sets of package versions, and what a service says about the older one.</summary>
public sealed class ProfileTests
{
    /// <summary>Packages that only one profile has; each with its reason.</summary>
    private static readonly Dictionary<string, string> OnlyInOne = new()
    {
        ["Duende.IdentityModel"] = "restricted feeds lack it: ServiceDefaults/RestrictedFeed stands in for it",
        ["Microsoft.IdentityModel.Protocols.OpenIdConnect"] = "the current token handler brings its own, the older one a version that is too old",
    };

    private static readonly IReadOnlyList<XElement> Groups =
        [.. XDocument.Parse(SourceFiles.Named("Directory.Packages.props").Text).Root!.Elements("ItemGroup")];

    [Fact]
    public void Both_profiles_give_a_version_of_every_package_but_those_of_a_short_list()
    {
        var inDefault = Packages("!=");
        var inRestricted = Packages("==");
        Assert.NotEmpty(inDefault);
        Findings.NoneBut(OnlyInOne, inDefault.Except(inRestricted).Concat(inRestricted.Except(inDefault)).Select(package => (package, package)));
    }

    [Fact]
    public void A_service_of_the_restricted_profile_says_so_when_it_starts()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.AddServiceDefaults();
        var warnings = builder.Services.Where(service => service.ServiceType == typeof(IHostedService))
            .Count(service => service.ImplementationType?.Name == "RestrictedFeedWarning");
#if RESTRICTED_FEED
        Assert.Equal(1, warnings);
#else
        Assert.Equal(0, warnings);
#endif
    }

    private static List<string> Packages(string comparison) =>
        [.. Groups.Where(group => group.Attribute("Condition")?.Value.Contains(comparison, StringComparison.Ordinal) is true)
            .Elements("PackageVersion").Select(package => package.Attribute("Include")!.Value)];
}
