using System.Text.RegularExpressions;
using TraceDemo.Topology;
using TraceDemo.Topology.Agents;
using TraceDemo.Topology.Realms;
using TraceDemo.Topology.Services;
using TraceDemo.Topology.Settings;

namespace TraceDemo.Tests.Topology;

/// <summary>The one description of what each process is told. AppHost and Standalone only look up what its values stand for.</summary>
public sealed partial class SystemSettingsTests
{
    private static readonly SystemSettings Settings = new(AgentRoster.Load(Repository.Root), "keycloak", HasRedis: true);

    /// <summary>Each run mode adds these, because it alone knows them.</summary>
    private static readonly string[] OfRunMode = ["Otlp__Url"];

    [Fact]
    public void Every_setting_given_to_a_service_is_documented() =>
        Findings.None(from service in Service.Relying
                      from setting in Settings.Of(service)
                      where !setting.Name.StartsWith("OTEL_", StringComparison.Ordinal) && !DocumentedSettings.Include(setting.Name)
                      select $"{service.Name}: {setting.Name}");

    [Fact]
    public void Every_required_setting_is_set()
    {
        var required = RequiredRow.Matches(SourceFiles.Named("docs/settings.md").Text)
            .SelectMany(row => Name.Matches(row.Groups["names"].Value))
            .Select(name => DocumentedSettings.Generic(name.Groups["name"].Value))
            .Where(name => !name.StartsWith("services__", StringComparison.Ordinal)).Except(OfRunMode).ToList();
        Assert.Contains("Identity__Authority", required);
        Assert.Contains("Agents__*__ClientSecret", required);
        Findings.None(from service in Service.Relying
                      from name in required
                      where service == Service.AgentService || !name.StartsWith("Agents__", StringComparison.Ordinal)
                      where !Settings.Of(service).Any(setting => DocumentedSettings.Generic(setting.Name) == name)
                      select $"{service.Name}: {name}");
    }

    [Fact]
    public void Every_realm_placeholder_has_a_value_for_both_providers()
    {
        var placeholders = RealmPlaceholders.Names(DevelopmentRealm.Load(Repository.Root)).ToHashSet();
        Assert.Equal(12, placeholders.Count);
        Assert.Superset(placeholders, Names(Settings.OfKeycloak()));
        Assert.Superset(placeholders, Names((Settings with { Provider = "identity" }).Of(Service.Identity)));
    }

    [Fact]
    public void A_secret_is_given_only_to_its_owner_and_the_provider()
    {
        foreach (var service in Service.Relying)
        {
            var own = new[] { SecretNames.Client(service.Name), SecretNames.OtlpKey(service.Name), SecretNames.PseudonymKey }
                .Concat(service == Service.AgentService ? Settings.Agents.Clients.Select(SecretNames.Client) : [])
                .Concat(service == Service.Dashboard
                    ? Service.Relying.Select(sender => sender.Name).Append("keycloak").Select(SecretNames.OtlpKey) : []);
            Assert.Equal(own.Order(StringComparer.Ordinal).Distinct(), SecretsOf(service).Order(StringComparer.Ordinal).Distinct());
        }
    }

    [Fact]
    public void Without_Redis_no_service_gets_a_Redis_setting() =>
        Assert.All(Service.Relying, service => Assert.DoesNotContain(
            (Settings with { HasRedis = false }).Of(service),
            setting => setting.Name.Contains("redis", StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void No_setting_is_given_twice() =>
        Assert.All(Service.Relying, service => Assert.Distinct(Settings.Of(service).Select(setting => setting.Name)));

    [Fact]
    public void Calls_follow_the_chain_except_for_the_registry_and_the_keys()
    {
        var chain = Service.Relying.Select((service, index) => (service, index)).ToDictionary(pair => pair.service, pair => pair.index);
        var back = Service.Relying.SelectMany(
            caller => caller.Calls.Where(called => chain[called] < chain[caller]).Select(called => (caller.Name, called.Name)));
        Assert.Equal([("document-service", "agent-service"), ("document-service", "user-service")], back);
    }

    private static HashSet<string> Names(IEnumerable<Setting> settings) => [.. settings.Select(setting => setting.Name)];

    private static IEnumerable<string> SecretsOf(Service service) =>
        Settings.Of(service).Select(setting => setting.Value).OfType<SettingValue.Secret>().Select(secret => secret.Name);

    [GeneratedRegex(@"^\| (?<names>`[^|]+) \|[^|]*\|[^|]*\brequired\b[^|]*\|", RegexOptions.Multiline)]
    private static partial Regex RequiredRow { get; }

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Name { get; }
}
