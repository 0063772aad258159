using TraceDemo.Tests.Framework.Published;

using static TraceDemo.Tests.Framework.Published.ChartChange;

namespace TraceDemo.Tests.Deployment.Published;

public sealed class HardeningRulesTests
{
    private const string NoExport = $"{Container}: OTEL_EXPORTER_OTLP_ENDPOINT does not lead to Aspire's dashboard";
    private const string NonRoot = "runAsNonRoot: true";
    private const string Escalation = "allowPrivilegeEscalation: false";
    private const string Claimed = "persistentVolumeClaim:\n            claimName: \"redis-data\"";

    public static TheoryData<string, string, string, string> Faults => new()
    {
        { Pod, "livenessProbe:", "startupProbe:", $"{Container}: no livenessProbe" },
        { Pod, "readinessProbe:", "startupProbe:", $"{Container}: no readinessProbe" },
        { Pod, "              cpu: \"0.50\"\n", "", $"{Container}: no resources.limits.cpu" },
        { Pod, "              memory: \"512M\"\n", "", $"{Container}: no resources.limits.memory" },
        { Pod, "              cpu: \"100m\"\n", "", $"{Container}: no resources.requests.cpu" },
        { Pod, "              memory: \"128M\"\n", "", $"{Container}: no resources.requests.memory" },
        { Pod, NonRoot, "runAsNonRoot: false", $"{Container}: it may run as root" },
        { Pod, NonRoot, "runAsUser: 1654", $"{Container}: it may run as root" },
        { Pod, NonRoot, $"{NonRoot}\n            runAsUser: 0", $"{Container}: it may run as root" },
        { Pod, "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", $"{Container}: its root file system is writable" },
        { Pod, "            readOnlyRootFilesystem: true\n", "", $"{Container}: its root file system is writable" },
        { Pod, Escalation, "allowPrivilegeEscalation: true", $"{Container}: it may gain privileges" },
        { Pod, $"            {Escalation}\n", "", $"{Container}: it may gain privileges" },
        { Pod, NonRoot, $"{NonRoot}\n            privileged: true", $"{Container}: it may gain privileges" },
        { Pod, "- \"ALL\"", "- \"NET_RAW\"", $"{Container}: it keeps capabilities" },
        { Pod, "drop:", "add:\n                - \"SYS_ADMIN\"\n              drop:", $"{Container}: it keeps capabilities" },
        { RedisPod, "name: \"redis\"", "name: \"cache\"", "no workload runs redis" },
        { RedisPod, Claimed, "emptyDir: {}", $"{RedisContainer}: its state in /data is on emptyDir" },
        { RedisPod, Claimed, "hostPath: {}", $"{RedisContainer}: its state in /data is on hostPath" },
        { RedisPod, "\"/data\"", "\"/tmp\"", $"{RedisContainer}: nothing of its state outlives its pod" },
        {
            RedisPod, "\"StatefulSet\"", "\"Deployment\"",
            "Deployment redis-deployment, container redis: nothing of its state outlives its pod"
        },
        { Disk, "csi:", "hostPath:", $"{RedisContainer}: its state in /data is on hostPath" },
        { Config, "OTEL_EXPORTER_OTLP_ENDPOINT:", "OTHER:", NoExport },
        { Config, "k8s-dashboard-service", "dashboard-service", NoExport },
        { Config, "HTTP_PORTS:", "Identity__ClientSecret:", "ConfigMap gateway-config: Identity__ClientSecret is secret" },
        { Config, "HTTP_PORTS:", "REDIS_PASSWORD:", "ConfigMap gateway-config: REDIS_PASSWORD is secret" },
        { Config, "HTTP_PORTS:", "Dashboard__OtlpApiKey:", "ConfigMap gateway-config: Dashboard__OtlpApiKey is secret" },
        { Config, "HTTP_PORTS:", "Otlp__Keys__gateway:", "ConfigMap gateway-config: Otlp__Keys__gateway is secret" },
        { Config, "HTTP_PORTS: \"", "Database: \"db,Password=", "ConfigMap gateway-config: Database is secret" },
        {
            Config, "parameters.gateway.port_http |", "secrets.gateway.secret |",
            "ConfigMap gateway-config: a secret value in what is no Secret"
        },
        { Pod, "envFrom:", Variable("value: \"x\""), $"{Container}: API_KEY is secret, and its value stands there" },
        {
            "values.yaml", "  k8s_dashboard:\n    secret: \"\"", "  k8s_dashboard:\n    secret: \"x\"",
            "values.yaml: the secret k8s_dashboard.secret has a value"
        },
    };

    [Fact]
    public void The_valid_chart_breaks_no_hardening_rule() => Assert.Empty(HardeningRules.Findings(HelmChart.Parse(GoodChart.Files)));

    [Theory, MemberData(nameof(Faults))]
    public void Exactly_the_one_violation_is_reported(string file, string part, string instead, string finding) =>
        Assert.Equal([finding], HardeningRules.Findings(Of(file, part, instead)));

    [Fact]
    public void A_container_may_inherit_settings_from_its_pod() => Assert.Empty(HardeningRules.Findings(
        Of(Pod, $"            {NonRoot}\n", "", ("      volumes:", $"      securityContext:\n        {NonRoot}\n      volumes:"))));

    [Fact]
    public void A_secret_variable_may_come_from_a_Secret() => Assert.Empty(HardeningRules.Findings(
        Of(Pod, "envFrom:", Variable("valueFrom: { secretKeyRef: { name: gateway-secrets, key: Identity__ClientSecret } }"))));

    [Fact]
    public void Resources_added_by_Aspire_are_exempt_from_resource_rules() => Assert.Empty(HardeningRules.Findings(
        Of("templates/k8s-dashboard/deployment.yaml", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false")));

    private static string Variable(string value) => $"env:\n            - name: \"API_KEY\"\n              {value}\n          envFrom:";
}
