using TraceDemo.Tests.Framework.Published;

using static TraceDemo.Tests.Framework.Published.ChartChange;

namespace TraceDemo.Tests.Deployment.Published;

public sealed class ApiServerRulesTests
{
    private const string Ports = "          ports:\n";
    private const string Volumes = "      volumes:\n";
    private const string Mounts = "          volumeMounts:\n";
    private const string HttpPorts = "HTTP_PORTS: \"{{ .Values.parameters.gateway.port_http | int | toString }}\"";
    private const string OfService = "Service keycloak-service";
    private const string OnePort = "      port: {{ .Values.parameters.keycloak.port_http | int }}\n";
    private const string OneHandler = "must have exactly one of httpGet, tcpSocket, grpc, exec";

    private static readonly string TooLong = new('a', 64);

    public static TheoryData<string, string, string, string> OfChartsAndObjects => new()
    {
        { "Chart.yaml", "apiVersion: \"v2\"", "apiVersion: \"v1\"", "Chart.yaml: apiVersion must be v2, not 'v1'" },
        { "Chart.yaml", "\"0.1.0\"", "\"0.1\"", "Chart.yaml: version '0.1' is no semantic version" },
        {
            "Chart.yaml", "tracedemo-apphost", "TraceDemo",
            "Chart.yaml: name 'TraceDemo' must consist of lower-case letters, digits and hyphens"
        },
        { Secrets, "secret }}\"\n  Conn", "other }}\"\n  Conn", $"{Secrets}: {{{{ .Values.secrets.gateway.other }}}} does not resolve" },
        { Config, "| int | toString", "| round", $"{Config}: {{{{ .Values.parameters.gateway.port_http | round }}}} does not resolve" },
        { More, "\"v1\"", "\"v2\"", "ConfigMap more: apiVersion must be v1, not 'v2'" },
        { Pod, "apiVersion: \"apps/v1\"\n", "", $"{Workload}: apiVersion must be apps/v1, not ''" },
        { More, "\"ConfigMap\"", "\"CronJob\"", $"{More}: no rule knows the kind 'CronJob'" },
        { More, "  name: \"more\"\n", "", $"{More}: ConfigMap without metadata.name" },
        { More, "\"more\"", "\"more.\"", "ConfigMap more.: the name is no DNS-1123 subdomain" },
        { More, "\"more\"", "\"gateway-config\"", "ConfigMap gateway-config: defined 2 times" },
        { Service, "\"keycloak-service\"", "\"1keycloak\"", "Service 1keycloak: the name is no DNS-1035 label of 63 characters at most" },
        { Service, "keycloak-service", TooLong, $"Service {TooLong}: the name is no DNS-1035 label of 63 characters at most" },
        { More, "tier:", "-tier:", "ConfigMap more: '-tier' is no key of a label" },
        { More, "\"front\"", "\"front end\"", "ConfigMap more: 'front end' is no value of a label (tier)" },
        { More, "\"front\"", "true", "ConfigMap more: 'true' is no value of a label (tier)" },
        {
            Pod, "matchLabels: {", "matchLabels: { tier: \"x\",",
            $"{Workload}: its selector does not match the labels of its own pods"
        },
        { More, "  name: \"value\"", "  a name: \"value\"", "ConfigMap more: 'a name' is no key of its data" },
        { More, "\"value\"", "8080", "ConfigMap more: the value of name is no string" },
        { More, "\"value\"", "yes", "ConfigMap more: the value of name is no string" },
        { More, "\"ConfigMap\"", "\"Secret\"", "Secret more: the value of name in data is no Base64" },
    };

    public static TheoryData<string, string, string, string> OfContainers => new()
    {
        { More, GoodChart.More, Empty, "Deployment empty: no container" },
        {
            Pod, "- name: \"gateway\"", "- name: \"Gateway\"",
            $"{Workload}, container Gateway: the name is no DNS-1123 label of 63 characters at most"
        },
        { Pod, "image: \"{{ .Values.parameters.gateway.image }}\"", "image: \"\"", $"{Container}: no image" },
        {
            Pod, Volumes, $"        - {{ name: \"gateway\", image: \"x\" }}\n{Volumes}",
            $"{Workload}: several containers are named gateway"
        },
        {
            Pod, Ports, $"{Ports}            - containerPort: 65536\n",
            $"{Container}: containerPort '65536' is no number from 1 to 65535"
        },
        {
            Pod, Ports, $"{Ports}            - containerPort: \"81\"\n",
            $"{Container}: containerPort '81' is no number from 1 to 65535"
        },
        { Pod, Ports, $"{Ports}            - {{ containerPort: 81, name: \"a-name-too-long-\" }}\n", PortName("a-name-too-long-") },
        { Pod, Ports, $"{Ports}            - {{ containerPort: 81, name: \"81\" }}\n", PortName("81") },
        {
            Pod, Ports, $"{Ports}            - {{ containerPort: 81, name: \"http\" }}\n",
            $"{Container}: several ports are named http"
        },
        { Pod, "\"TCP\"", "\"tcp\"", $"{Container}: protocol 'tcp' is none of TCP, UDP, SCTP" },
        { Config, "HTTP_PORTS:", "2nd:", $"{Container}: '2nd' is no name of a variable" },
        { Config, HttpPorts, "Identity__ClientSecret: \"x\"", $"{Container}: Identity__ClientSecret is set by ConfigMap and Secret" },
        { Pod, "\"512M\"", "\"512MB\"", $"{Container}: the limit of memory, '512MB', is no quantity" },
        { Pod, "\"128M\"", "\"-1\"", $"{Container}: the request of memory, '-1', is no quantity" },
        { Pod, "\"100m\"", "\"0.51\"", $"{Container}: it requests more cpu (0.51) than its limit (0.50)" },
        { Pod, "\"128M\"", "\"1Gi\"", $"{Container}: it requests more memory (1Gi) than its limit (512M)" },
    };

    public static TheoryData<string, string, string, string> OfProbes => new()
    {
        { Pod, "\"HTTP\"", "\"http\"", $"{Container}: the scheme of the livenessProbe must be HTTP or HTTPS, not 'http'" },
        { Pod, "\"/alive\"", "\"alive\"", $"{Container}: the path of the livenessProbe, 'alive', does not begin with a slash" },
        {
            Pod, "port: \"http\"", "port: 9000",
            $"{Container}: the livenessProbe asks port '9000', which is none of the container's"
        },
        {
            Pod, "port: \"http\"", "port: \"8080\"",
            $"{Container}: the livenessProbe asks port '8080', which is none of the container's"
        },
        { Pod, "httpGet:\n              scheme", "httpPost:\n              scheme", $"{Container}: the livenessProbe {OneHandler}" },
        {
            Pod, "livenessProbe:", "livenessProbe:\n            exec: { command: [\"true\"] }",
            $"{Container}: the livenessProbe {OneHandler}"
        },
        {
            Pod, "livenessProbe:", "startupProbe:\n            exec: {}\n          livenessProbe:",
            $"{Container}: the startupProbe has no command"
        },
        {
            Pod, "livenessProbe:", "livenessProbe:\n            successThreshold: 2",
            $"{Container}: the successThreshold of the livenessProbe must be 1"
        },
    };

    public static TheoryData<string, string, string, string> OfVolumes => new()
    {
        { Pod, Volumes, $"{Volumes}        - {{ name: \"my.data\", emptyDir: {{}} }}\n", VolumeName("my.data") },
        { Pod, Volumes, $"{Volumes}        - {{ name: \"{TooLong}\", emptyDir: {{}} }}\n", VolumeName(TooLong) },
        {
            Pod, Volumes, $"{Volumes}        - {{ name: \"scratch\", emptyDir: {{}} }}\n",
            $"{Workload}: several volumes are named scratch"
        },
        { Pod, "          emptyDir: {}", "", $"{Workload}: the volume scratch must have exactly one source" },
        {
            Pod, "emptyDir: {}", "emptyDir: {}\n          hostPath: {}",
            $"{Workload}: the volume scratch must have exactly one source"
        },
        { Pod, "\"/tmp\"", "\"tmp\"", $"{Container}: 'tmp' is no path to mount a volume at" },
        {
            Pod, Mounts, $"{Mounts}            - {{ name: \"scratch\", mountPath: \"/tmp\" }}\n",
            $"{Container}: several volumes are mounted at /tmp"
        },
        {
            Claim, "ReadWriteOnce", "ReadWrite",
            "PersistentVolumeClaim redis-data: its access modes 'ReadWrite' are not what Kubernetes knows"
        },
        { Claim, "\"1Gi\"", "\"1GB\"", "PersistentVolumeClaim redis-data: it requests '1GB' of storage, which is no quantity" },
    };

    public static TheoryData<string, string, string, string> OfServices => new()
    {
        { Service, "  ports:", "  others:", $"{OfService}: no port" },
        { Service, OnePort, "      port: 0\n", $"{OfService}: port '0' is no number from 1 to 65535" },
        { Service, "name: \"http\"", "name: \"HTTP\"", $"{OfService}: 'HTTP' is no name of one of several ports" },
        {
            Service, "  ports:\n", "  ports:\n    - { port: 81, targetPort: \"http\" }\n",
            $"{OfService}: '' is no name of one of several ports"
        },
        {
            Service, "  ports:\n", "  ports:\n    - { port: 81, targetPort: \"http\", name: \"http\" }\n",
            $"{OfService}: several ports are named 'http'"
        },
        { Service, "selector: {", "selector: { tier: \"x\",", $"{OfService}: its selector matches the labels of no pod" },
        { Service, "targetPort: \"http\"", "targetPort: 81", $"{OfService}: no container listens on '81', the target of port 8080" },
        {
            Service, $"{OnePort}      targetPort: \"http\"", "      port: 81",
            $"{OfService}: no container listens on '81', the target of port 81"
        },
    };

    public static TheoryData<string, string, string, string> OfReferences => new()
    {
        { Pod, "\"gateway-config\"", "\"other\"", $"{Container}: there is no ConfigMap other" },
        { Pod, "\"gateway-secrets\"", "\"other\"", $"{Container}: there is no Secret other" },
        {
            Pod, "envFrom:", Variable("secretKeyRef", "gateway-secrets"),
            $"{Container}: there is no other in Secret gateway-secrets"
        },
        { Pod, "envFrom:", Variable("configMapKeyRef", "absent"), $"{Container}: there is no ConfigMap absent" },
        {
            Pod, Mounts, $"{Mounts}            - {{ name: \"other\", mountPath: \"/other\" }}\n",
            $"{Container}: there is no volume other"
        },
        { RedisPod, "\"redis-data\"", "\"other\"", "StatefulSet redis-deployment: there is no PersistentVolumeClaim other" },
        { RedisPod, "  selector:", "  serviceName: \"other\"\n  selector:", "StatefulSet redis-deployment: there is no Service other" },
        { Claim, "\"redis-disk\"", "\"other\"", "PersistentVolumeClaim redis-data: there is no PersistentVolume other" },
        {
            Config, "gateway-service:", "gateway:",
            $"{Container}: services__gateway__http__0 leads to gateway:8080, and there is no Service gateway"
        },
        {
            Config, "service:8080", "service:81",
            $"{Container}: OTEL_EXPORTER_OTLP_ENDPOINT leads to k8s-dashboard-service:81, and the Service has no such port"
        },
        {
            Secrets, "redis-service:", "redis:",
            $"{Container}: ConnectionStrings__redis leads to redis:8080, and there is no Service redis"
        },
    };

    [Fact]
    public void The_valid_chart_is_accepted_by_Kubernetes_rules() =>
        Assert.Empty(ApiServerRules.Findings(HelmChart.Parse(GoodChart.Files)));

    [Theory]
    [MemberData(nameof(OfChartsAndObjects))]
    [MemberData(nameof(OfContainers))]
    [MemberData(nameof(OfProbes))]
    [MemberData(nameof(OfVolumes))]
    [MemberData(nameof(OfServices))]
    [MemberData(nameof(OfReferences))]
    public void Exactly_the_one_violation_is_reported(string file, string part, string instead, string finding) =>
        Assert.Equal([finding], ApiServerRules.Findings(Of(file, part, instead)));

    [Fact]
    public void Invalid_YAML_is_reported()
    {
        var finding = Assert.Single(ApiServerRules.Findings(Of(More, "\ndata:", "\nkind: \"ConfigMap\"\ndata:")));
        Assert.StartsWith($"{More}: no YAML, ", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_volume_may_come_from_a_template_of_claims() => Assert.Empty(ApiServerRules.Findings(Of(
        RedisPod,
        "      volumes:\n        - name: \"scratch\"\n          persistentVolumeClaim:\n            claimName: \"redis-data\"",
        "  volumeClaimTemplates:\n    - metadata:\n        name: \"scratch\"")));

    [Fact]
    public void Addresses_outside_the_cluster_and_of_the_container_itself_are_not_references() => Assert.Empty(ApiServerRules.Findings(Of(
        Config,
        HttpPorts,
        "A: \"https://id.example.org:8443\"\n  B: \"http://0.0.0.0:4318\"\n  C: \"http://localhost:1\"\n  D: \"jdbc:x://10.0.0.1:54/x\"")));

    private const string Empty = """
        apiVersion: "apps/v1"
        kind: "Deployment"
        metadata:
          name: "empty"
        spec:
          selector: { matchLabels: { app: "empty" } }
          template: { metadata: { labels: { app: "empty" } } }
        """;

    private static string PortName(string name) => $"{Container}: '{name}' is no name of a port (IANA_SVC_NAME, 15 characters at most)";

    private static string VolumeName(string name) => $"{Workload}: '{name}', a volume, is no DNS-1123 label of 63 characters at most";

    private static string Variable(string kind, string name) =>
        $"env:\n            - {{ name: \"A\", valueFrom: {{ {kind}: {{ name: \"{name}\", key: \"other\" }} }} }}\n          envFrom:";
}
