using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TraceDemo.Topology;
using TraceDemo.Topology.Services;

namespace TraceDemo.Tests.Deployment;

/// <summary>What must agree between AppHost and everything around it.</summary>
public sealed partial class AppHostTests
{
    [Fact]
    public void The_program_has_at_most_90_lines() => Assert.InRange(SourceFiles.Named("AppHost/Program.cs").Lines.Count, 1, 90);

    [Fact]
    public void All_of_Aspire_has_one_version()
    {
        var packages = XDocument.Parse(SourceFiles.Named("Directory.Packages.props").Text).Descendants("PackageVersion")
            .Where(package => package.Attribute("Include")!.Value.StartsWith("Aspire.", StringComparison.Ordinal))
            .Select(package => package.Attribute("Version")!.Value);
        var sdks = XDocument.Parse(SourceFiles.Named("AppHost/AppHost.csproj").Text).Descendants("Import")
            .Where(import => import.Attribute("Sdk")?.Value == "Aspire.AppHost.Sdk")
            .Select(import => import.Attribute("Version")!.Value).ToList();

        Assert.Equal(2, sdks.Count);
        Assert.All(packages.Concat(sdks), version => Assert.Equal(sdks[0], version.Split('-')[0]));
    }

    [Fact]
    public void Every_package_of_AppHost_and_its_tests_has_a_version()
    {
        var versions = XDocument.Parse(SourceFiles.Named("Directory.Packages.props").Text).Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value).ToHashSet();
        foreach (var project in (string[])["AppHost/AppHost.csproj", "AppHost.Tests/AppHost.Tests.csproj"])
        {
            Assert.Subset(versions, XDocument.Parse(SourceFiles.Named(project).Text).Descendants("PackageReference")
                .Select(package => package.Attribute("Include")!.Value).ToHashSet());
        }
    }

    [Fact]
    public void Services_listen_on_the_same_addresses_as_in_Standalone()
    {
        foreach (var service in Service.Relying.Append(Service.Identity))
        {
            var profile = Assert.Single(Profiles(service.Project));
            Assert.Equal(service.Url(Ports.Default), profile.Value.GetProperty("applicationUrl").GetString());
            Assert.Equal(
                "Development", profile.Value.GetProperty("environmentVariables").GetProperty("ASPNETCORE_ENVIRONMENT").GetString());
        }
    }

    [Fact]
    public void Redirects_lead_to_the_address_of_the_dashboard()
    {
        var defaults = PlaceholderDefault.Matches(SourceFiles.Named("realms/tracedemo-realm.json").Text)
            .GroupBy(match => match.Groups["name"].Value)
            .ToDictionary(group => group.Key, group => Assert.Single(group.Select(match => match.Groups["url"].Value).Distinct()));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["DASHBOARD_URL"] = Service.Dashboard.Url(Ports.Default),
                ["DASHBOARD_BACKCHANNEL_URL"] = Service.Dashboard.Url(Ports.Default),
                ["GATEWAY_BACKCHANNEL_URL"] = Service.Gateway.Url(Ports.Default),
            },
            defaults);
    }

    [Fact]
    public void The_ports_of_AppHost_are_not_used_elsewhere()
    {
        var own = Port.Matches(SourceFiles.Named("AppHost/Properties/launchSettings.json").Text)
            .Select(match => int.Parse(match.Value)).ToHashSet();
        Assert.Superset(new HashSet<int> { 15000, 17000, 21000, 22000 }, own);
        Assert.Empty(own.Intersect(Ports.Default.All.Select(entry => entry.Port)));
    }

    [Fact]
    public void Keycloak_has_the_version_that_was_recorded()
    {
        var recording = Assert.Single(SourceFiles.All,
            file => Path.GetFileName(file.Path).StartsWith("keycloak-", StringComparison.Ordinal)
                && file.Path.EndsWith(".jsonl", StringComparison.Ordinal));
        var version = Path.GetFileNameWithoutExtension(recording.Path)["keycloak-".Length..];
        Assert.Contains($".WithImageTag(\"{version}\")", SourceFiles.Named("AppHost/Program.cs").Text, StringComparison.Ordinal);
        Assert.Contains($"keycloak/keycloak:{version}", SourceFiles.Named("AppHost/keycloak/Dockerfile").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_of_Aspire_finds_the_application_host()
    {
        using var config = JsonDocument.Parse(SourceFiles.Named("aspire.config.json").Text);
        Assert.True(File.Exists(Path.Combine(Repository.Root, config.RootElement.GetProperty("appHost").GetProperty("path").GetString()!)));
    }

    private static JsonElement.ObjectEnumerator Profiles(string project) =>
        JsonDocument.Parse(SourceFiles.Named($"{project}/Properties/launchSettings.json").Text).RootElement.GetProperty("profiles")
            .EnumerateObject();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+_URL):(?<url>[^}]+)\}")]
    private static partial Regex PlaceholderDefault { get; }

    [GeneratedRegex(@"(?<=localhost:)\d+")]
    private static partial Regex Port { get; }
}
