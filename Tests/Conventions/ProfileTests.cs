using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using TraceDemo.ServiceDefaults;
using TraceDemo.Tests.Agents;

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
    public async Task A_service_of_the_restricted_profile_says_so_when_it_starts()
    {
        var logs = new LogLines();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.AddServiceDefaults();
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var warned = logs.Lines.Any(line => line.Contains("restricted package profile", StringComparison.Ordinal));
#if RESTRICTED_FEED
        Assert.True(warned);
#else
        Assert.False(warned);
#endif
    }

    /// <summary>But those of Aspire: without them two projects build to nothing.</summary>
    private static List<string> Packages(string comparison) =>
        [.. Groups.Where(group => group.Attribute("Label")?.Value is not "Aspire").Where(group => group.Attribute("Condition")?.Value.Contains(comparison, StringComparison.Ordinal) is true)
            .Elements("PackageVersion").Select(package => package.Attribute("Include")!.Value)];
}
