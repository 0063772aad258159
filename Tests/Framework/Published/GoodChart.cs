namespace TraceDemo.Tests.Framework.Published;

/// <summary>A chart in which no rule finds anything, as small as that can be; tests break one thing of it.</summary>
internal static class GoodChart
{
    /// <summary>An object that no workload reads.</summary>
    public const string More = """
        apiVersion: "v1"
        kind: "ConfigMap"
        metadata:
          name: "more"
          labels:
            tier: "front"
        data:
          name: "value"
        """;

    private const string Chart = """
        apiVersion: "v2"
        name: "tracedemo-apphost"
        version: "0.1.0"
        """;

    private const string Labels = """{ app.kubernetes.io/name: "{{ .Chart.Name }}", app.kubernetes.io/component: "NAME","""
        + """ app.kubernetes.io/instance: "{{ .Release.Name }}" }""";

    private const string Deployment = $$$"""
        apiVersion: "apps/v1"
        kind: "Deployment"
        metadata:
          name: "NAME-deployment"
        spec:
          selector:
            matchLabels: {{{Labels}}}
          template:
            metadata:
              labels: {{{Labels}}}
            spec:
              containers:
                - name: "NAME"
                  image: "{{ .Values.parameters.KEY.image }}"
                  envFrom:
                    - configMapRef:
                        name: "NAME-config"
                    - secretRef:
                        name: "NAME-secrets"
                  livenessProbe:
                    httpGet:
                      scheme: "HTTP"
                      path: "/alive"
                      port: "http"
                  readinessProbe:
                    httpGet:
                      path: "/health"
                      port: {{ .Values.parameters.KEY.port_http | int }}
                  ports:
                    - name: "http"
                      protocol: "TCP"
                      containerPort: {{ .Values.parameters.KEY.port_http | int }}
                  resources:
                    limits:
                      cpu: "0.50"
                      memory: "512M"
                    requests:
                      cpu: "100m"
                      memory: "128M"
                  securityContext:
                    readOnlyRootFilesystem: true
                    allowPrivilegeEscalation: false
                    runAsNonRoot: true
                    capabilities:
                      drop:
                        - "ALL"
                  volumeMounts:
                    - name: "scratch"
                      mountPath: "/tmp"
              volumes:
                - name: "scratch"
                  emptyDir: {}
        """;

    private const string Service = $$$"""
        apiVersion: "v1"
        kind: "Service"
        metadata:
          name: "NAME-service"
        spec:
          selector: {{{Labels}}}
          ports:
            - name: "http"
              port: {{ .Values.parameters.KEY.port_http | int }}
              targetPort: "http"
        """;

    private const string Config = """
        apiVersion: "v1"
        kind: "ConfigMap"
        metadata:
          name: "NAME-config"
        data:
          HTTP_PORTS: "{{ .Values.parameters.KEY.port_http | int | toString }}"
          services__gateway__http__0: "http://gateway-service:{{ .Values.parameters.gateway.port_http }}"
          OTEL_EXPORTER_OTLP_ENDPOINT: "http://k8s-dashboard-service:8080"
        """;

    private const string Secret = """
        apiVersion: "v1"
        kind: "Secret"
        metadata:
          name: "NAME-secrets"
        stringData:
          Identity__ClientSecret: "{{ .Values.secrets.KEY.secret }}"
          ConnectionStrings__redis: "redis-service:8080,password={{ .Values.secrets.KEY.secret }}"
        """;

    private const string Disk = """
        apiVersion: "v1"
        kind: "PersistentVolume"
        metadata:
          name: "redis-disk"
        spec:
          csi:
            driver: "disk.csi.example.org"
        """;

    private const string Claim = """
        apiVersion: "v1"
        kind: "PersistentVolumeClaim"
        metadata:
          name: "redis-data"
        spec:
          volumeName: "redis-disk"
          accessModes:
            - "ReadWriteOnce"
          resources:
            requests:
              storage: "1Gi"
        """;

    private static readonly string[] Names = [.. Resources.All, "k8s-dashboard"];

    /// <summary>Texts by their paths in the chart's folder.</summary>
    public static Dictionary<string, string> Files { get; } = Make();

    private static Dictionary<string, string> Make()
    {
        var files = new Dictionary<string, string>
        {
            ["Chart.yaml"] = Chart,
            ["values.yaml"] = Values(),
            ["templates/redis/disk.yaml"] = Disk,
            ["templates/redis/claim.yaml"] = Claim,
        };
        foreach (var name in Names)
        {
            Add("deployment", Deployment);
            Add("service", Service);
            Add("config", Config);
            Add("secrets", Secret);

            void Add(string file, string text) => files[$"templates/{name}/{file}.yaml"] = Of(name, text);
        }

        files["templates/redis/deployment.yaml"] = files["templates/redis/deployment.yaml"]
            .Replace("\"Deployment\"", "\"StatefulSet\"", StringComparison.Ordinal)
            .Replace("\"/tmp\"", "\"/data\"", StringComparison.Ordinal)
            .Replace("emptyDir: {}", "persistentVolumeClaim:\n            claimName: \"redis-data\"", StringComparison.Ordinal);
        files["templates/more.yaml"] = More;
        return files;
    }

    private static string Values() =>
        "parameters:\n" + string.Concat(Names.Select(name => Of(name, "  KEY:\n    image: \"NAME:latest\"\n    port_http: 8080\n")))
        + "secrets:\n" + string.Concat(Names.Select(name => Of(name, "  KEY:\n    secret: \"\"\n")));

    private static string Of(string name, string text) =>
        text.Replace("NAME", name, StringComparison.Ordinal).Replace("KEY", name.Replace('-', '_'), StringComparison.Ordinal);
}
