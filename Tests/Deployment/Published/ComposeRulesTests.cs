using TraceDemo.Tests.Framework.Published;

namespace TraceDemo.Tests.Deployment.Published;

public sealed class ComposeRulesTests
{
    private const string Export = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Volume = "- type: \"volume\"\n        source: \"data\"\n        target: \"/data\"";

    public static TheoryData<string, string, string> Refused => new()
    {
        { "\"${GATEWAY_IMAGE}\"", "\"${OTHER}\"", ".env: OTHER is not defined" },
        { "\"${GATEWAY_IMAGE}\"", "\"$OTHER\"", ".env: OTHER is not defined" },
        { "    image: \"${GATEWAY_IMAGE}\"\n", "", "gateway: neither an image nor a build" },
        { "- \"aspire\"", "- \"other\"", "gateway: there is no network other" },
        { "source: \"data\"", "source: \"other\"", "gateway: there is no volume other" },
        { Volume, "- \"other:/data\"", "gateway: there is no volume other" },
        { "      compose-dashboard:\n", "      other:\n", "gateway: it waits for other, which is not there" },
        { "service_started", "started", "gateway: it waits for compose-dashboard with the unknown condition started" },
        { "service_started", "service_healthy", "gateway: it waits until compose-dashboard is healthy, and nothing checks that" },
        {
            "http://gateway:${GATEWAY_PORT}", "http://gateway:81",
            "gateway: services__gateway__http__0 leads to gateway:81, and gateway does not expose that port"
        },
        { "http://compose-dashboard:", "http://other:", $"gateway: {Export} leads to other:18889, which is not there" },
        {
            "redis:${REDIS_PORT}", "cache:${REDIS_PORT}",
            "gateway: ConnectionStrings__redis leads to cache:${REDIS_PORT}, which is not there"
        },
    };

    public static TheoryData<string, string, string> NotOurs => new()
    {
        { "  gateway:\n", "  edge:\n", "there is no service gateway" },
        { "          cpus: \"0.50\"\n", "", "gateway: no limit of cpus" },
        { "\"0.50\"", "\"0\"", "gateway: no limit of cpus" },
        { "          memory: \"512M\"\n", "", "gateway: no limit of memory" },
        { "\"512M\"", "\"0\"", "gateway: no limit of memory" },
        { "read_only: true", "read_only: false", "gateway: its root file system is writable" },
        { "    read_only: true\n", "", "gateway: its root file system is writable" },
        { "\"/tmp\"", "\"/var/tmp\"", "gateway: no temporary folder in memory" },
        { "- \"ALL\"", "- \"NET_RAW\"", "gateway: it keeps capabilities" },
        { "cap_drop:", "cap_add:\n      - \"SYS_ADMIN\"\n    cap_drop:", "gateway: it keeps capabilities" },
        { "no-new-privileges:true", "no-new-privileges:false", "gateway: it may gain privileges" },
        { "cap_drop:", "privileged: true\n    cap_drop:", "gateway: it may gain privileges" },
        { "expose:", "ports:\n      - \"8080:8080\"\n    expose:", "gateway: it publishes a port, past the proxy" },
        { $"{Export}:", "OTHER:", $"gateway: {Export} does not lead to Aspire's dashboard" },
        { "http://compose-dashboard:", "http://dashboard:", $"gateway: {Export} does not lead to Aspire's dashboard" },
        { "Secret: \"${GATEWAY_SECRET}\"", "Secret: \"x\"", "gateway: Identity__ClientSecret is secret, and its value stands there" },
        { "password=${GATEWAY_SECRET}", "password=x", "gateway: ConnectionStrings__redis is secret, and its value stands there" },
    };

    [Fact]
    public void The_valid_composition_breaks_no_rule()
    {
        var good = ComposeFile.Parse(GoodCompose.Text, GoodCompose.Environment);

        Assert.Empty(ComposeRules.Findings(good));
        Assert.Empty(ComposeHardeningRules.Findings(good));
    }

    [Theory, MemberData(nameof(Refused))]
    public void Exactly_the_one_error_for_Compose_is_reported(string part, string instead, string finding) =>
        Assert.Equal([finding], ComposeRules.Findings(Changed("gateway", part, instead)));

    [Theory, MemberData(nameof(NotOurs))]
    public void Exactly_the_one_violation_of_project_rules_is_reported(string part, string instead, string finding) =>
        Assert.Equal([finding], ComposeHardeningRules.Findings(Changed("gateway", part, instead)));

    [Fact]
    public void Redis_without_a_volume_is_reported() => Assert.Equal(
        ["redis: nothing of its state outlives its container"],
        ComposeHardeningRules.Findings(Changed("redis", $"    volumes:\n      {Volume}\n", "")));

    [Fact]
    public void A_variable_that_is_defined_twice_is_reported()
    {
        var file = ComposeFile.Parse(GoodCompose.Text, $"{GoodCompose.Environment}GATEWAY_PORT=81\n");
        Assert.Equal([".env: GATEWAY_PORT is defined 2 times"], ComposeRules.Findings(file));
    }

    [Fact]
    public void A_secret_with_a_value_in_the_environment_file_is_reported()
    {
        var environment = GoodCompose.Environment.Replace("GATEWAY_SECRET=", "GATEWAY_SECRET=x", StringComparison.Ordinal);
        var file = ComposeFile.Parse(GoodCompose.Text, environment);
        Assert.Equal([".env: GATEWAY_SECRET is secret, and its value stands there"], ComposeHardeningRules.Findings(file));
    }

    [Theory]
    [InlineData("${OTHER:-latest}")]
    [InlineData("${OTHER-latest}")]
    [InlineData("$${OTHER}")]
    [InlineData("$$OTHER")]
    public void A_variable_with_a_default_and_a_dollar_sign_need_no_definition(string image) =>
        Assert.Empty(ComposeRules.Findings(Changed("gateway", "${GATEWAY_IMAGE}", image)));

    /// <summary>The good composition with one thing wrong, in the part of that service.</summary>
    private static ComposeFile Changed(string service, string part, string instead)
    {
        var from = GoodCompose.Text.IndexOf($"\n  {service}:\n", StringComparison.Ordinal);
        var to = GoodCompose.Text.IndexOf(Volume, from, StringComparison.Ordinal) + Volume.Length + 1;
        var own = GoodCompose.Text[from..to];
        Assert.Equal(2, own.Split(part).Length);
        var changed = own.Replace(part, instead, StringComparison.Ordinal);
        return ComposeFile.Parse(GoodCompose.Text[..from] + changed + GoodCompose.Text[to..], GoodCompose.Environment);
    }
}
