namespace TraceDemo.Tests.Framework.Published;

/// <summary>A composition in which no rule finds anything, as small as that can be; tests break one thing of it.</summary>
internal static class GoodCompose
{
    private const string Service = """
          NAME:
            image: "${KEY_IMAGE}"
            environment:
              services__gateway__http__0: "http://gateway:${GATEWAY_PORT}"
              OTEL_EXPORTER_OTLP_ENDPOINT: "http://compose-dashboard:18889"
              Identity__ClientSecret: "${KEY_SECRET}"
              ConnectionStrings__redis: "redis:${REDIS_PORT},password=${KEY_SECRET}"
            expose:
              - "${KEY_PORT}"
            depends_on:
              compose-dashboard:
                condition: "service_started"
            networks:
              - "aspire"
            deploy:
              resources:
                limits:
                  cpus: "0.50"
                  memory: "512M"
            read_only: true
            tmpfs:
              - "/tmp"
            cap_drop:
              - "ALL"
            security_opt:
              - "no-new-privileges:true"
            volumes:
              - type: "volume"
                source: "data"
                target: "/data"

        """;

    private const string Rest = """
          compose-dashboard:
            image: "dashboard:1"
            expose:
              - "18889"
            networks:
              - "aspire"
        networks:
          aspire:
            driver: "bridge"
        volumes:
          data:
            driver: "local"
        """;

    public static string Text { get; } = "services:\n" + string.Concat(Resources.All.Select(name => Of(name, Service))) + Rest;

    public static string Environment { get; } =
        "# Parameters\n" + string.Concat(Resources.All.Select(name => Of(name, "KEY_IMAGE=\nKEY_PORT=8080\nKEY_SECRET=\n")));

    private static string Of(string name, string text) => text.Replace("NAME", name, StringComparison.Ordinal)
        .Replace("KEY", name.Replace('-', '_').ToUpperInvariant(), StringComparison.Ordinal);
}
