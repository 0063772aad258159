using System.Text.RegularExpressions;
using TraceDemo.Standalone.Redis;
using TraceDemo.Standalone.Topology;
using TraceDemo.Tests.Conventions;

namespace TraceDemo.Tests.Deployment;

/// <summary>AppHost gives each service what it reads, and what Standalone gives it.</summary>
public sealed partial class AppHostEnvironmentTests
{
    private static readonly Dictionary<string, string> OnlyInStandalone = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "stands in the launch settings of each service; deployed it is the default",
        ["ASPNETCORE_URLS"] = "Aspire's: the port behind its proxy",
        ["OTEL_SERVICE_NAME"] = "Aspire's: the name of the resource",
        ["Redis__Prefix"] = "AppHost's Redis is nobody else's",
    };

    private static readonly Dictionary<string, string> OnlyInAppHost = new()
    {
        ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "deployed, the Dashboard stands behind a proxy that ends TLS",
        ["DOTNET_EnableDiagnostics"] = "deployed, the runtime's pipe for debuggers would need a file system",
        ["DevIdentity__Issuer"] = "behind Aspire's proxy the port that it listens on is not the one people use",
        ["Gateway__KnownProxies__*"] = "deployed, the network of the proxies in front",
        ["Identity__BackchannelAddress"] = "deployed, services reach Keycloak inside and people outside",
        ["Otlp__Forward__0"] = "Keycloak's traces go on to Aspire's dashboard; Standalone has no second one",
        ["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "Aspire sets it to true while developing",
        ["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "Aspire sets it to true while developing",
    };

    /// <summary>Read by the runtime, the framework or libraries, not by us.</summary>
    private static readonly HashSet<string> OfOthers =
        [.. OnlyInAppHost.Keys.Where(name => name.StartsWith("OTEL_DOTNET_", StringComparison.Ordinal) || name is "DOTNET_EnableDiagnostics" or "ASPNETCORE_FORWARDEDHEADERS_ENABLED")];

    private static readonly SystemPlan Plan = new(Repository.Root, Ports.Default, new Secrets()) { Redis = RedisShare.Temporary("localhost:6379", Ports.Default), Audit = "audit" };

    [Fact]
    public void Everything_that_AppHost_sets_for_a_service_is_read_by_the_services()
    {
        var set = Plan.Services.SelectMany(service => InAppHost(service.Name)).ToList();
        Assert.True(set.Count > 80, "The sources of AppHost are no longer understood here.");
        Findings.None(set.Where(name => !OfOthers.Contains(name) && !SettingsTests.IsDocumented(name)));
    }

    [Fact]
    public void AppHost_and_Standalone_give_each_service_the_same_but_for_short_lists_with_reasons()
    {
        Findings.NoneBut(OnlyInStandalone, Plan.Services.SelectMany(service => Missing(service.Name, InStandalone(service.Name), InAppHost(service.Name))));
        Findings.NoneBut(OnlyInAppHost, Plan.Services.SelectMany(service => Missing(service.Name, InAppHost(service.Name), InStandalone(service.Name))));
    }

    [Fact]
    public void Every_setting_that_a_service_requires_is_set_for_it()
    {
        var required = RequiredRow.Matches(SourceFiles.Named("docs/settings.md").Text)
            .SelectMany(row => Name.Matches(row.Groups["names"].Value)).Select(name => SettingsTests.Generic(name.Groups["name"].Value))
            .Where(name => !name.StartsWith("services__", StringComparison.Ordinal)).ToList();
        Assert.Contains("Identity__Authority", required);
        Assert.Contains("Agents__*__ClientSecret", required);
        Findings.None(from service in Service.Relying
                      from name in required
                      where service == Service.AgentService || !name.StartsWith("Agents__", StringComparison.Ordinal)
                      where !InAppHost(service.Name).Contains(name)
                      select $"{service.Name}: {name}");
    }

    [Fact]
    public void Each_service_is_told_the_addresses_of_those_it_calls_and_no_others()
    {
        foreach (var service in Service.Relying)
        {
            var inStandalone = Plan.Children.Single(child => child.Name == service.Name).Environment.Keys
                .Where(name => name.StartsWith("services__", StringComparison.Ordinal)).Select(name => name.Split("__")[1]);
            Assert.Equal(inStandalone.Order(), AppHostSource.CalledBy(service.Name).Order());
        }
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("keycloak")]
    public void Every_placeholder_of_the_realm_is_filled_for_either_provider(string provider)
    {
        var placeholders = Placeholder.Matches(SourceFiles.Named("realms/tracedemo-realm.json").Text).Select(match => SettingsTests.Generic(match.Groups["name"].Value)).ToHashSet();
        Assert.Superset(placeholders, AppHostSource.EnvironmentOf(provider).Select(SettingsTests.Generic).ToHashSet());
    }

    [Fact]
    public void Keycloak_traces_as_it_does_in_Standalone()
    {
        var standalone = (Plan with { Keycloak = "/opt/keycloak" }).Children.Single(child => child.Name == "keycloak").Environment.Keys;
        var tracing = standalone.Where(name => name.StartsWith("KC_TRACING_", StringComparison.Ordinal) || name.StartsWith("KC_TELEMETRY_", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(7, tracing.Count);
        Assert.Superset(tracing, AppHostSource.EnvironmentOf("keycloak").ToHashSet());
    }

    private static HashSet<string> InAppHost(string service) => [.. AppHostSource.EnvironmentOf(service).Select(SettingsTests.Generic)];

    private static HashSet<string> InStandalone(string service) =>
    [
        .. Plan.Children.Single(child => child.Name == service).Environment.Keys.Select(SettingsTests.Generic)
            .Where(name => !name.StartsWith("services__", StringComparison.Ordinal) && !name.StartsWith("Logging__Console__", StringComparison.Ordinal)),
    ];

    private static IEnumerable<(string Key, string Line)> Missing(string service, HashSet<string> here, HashSet<string> there) =>
        here.Except(there).Select(name => (name, $"{service}: {name}"));

    [GeneratedRegex(@"^\| (?<names>`[^|]+) \|[^|]*\|[^|]*\brequired\b[^|]*\|", RegexOptions.Multiline)]
    private static partial Regex RequiredRow { get; }

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Name { get; }

    [GeneratedRegex(@"\$\{(?<name>[A-Z0-9_]+)[:}]")]
    private static partial Regex Placeholder { get; }
}
