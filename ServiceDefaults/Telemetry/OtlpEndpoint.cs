using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace TraceDemo.ServiceDefaults.Telemetry;

/// <summary>
/// A receiver of traces, metrics and logs. Each sets all of its options explicitly: by default, the second exporter of a process
/// would inherit protocol and headers, including the API key, of the first.
/// </summary>
/// <param name="Address">Without the path of a signal.</param>
/// <param name="Protocol">HTTP with protobuf, or gRPC.</param>
/// <param name="Headers">As in <c>OTEL_EXPORTER_OTLP_HEADERS</c>: secret, because receivers' keys are among them.</param>
/// <param name="ApiKey">The key for the Dashboard's receiver: secret.</param>
public sealed record OtlpEndpoint(Uri Address, OtlpExportProtocol Protocol, string Headers, string? ApiKey)
{
    /// <summary>The header for <see cref="ApiKey"/>.</summary>
    public const string ApiKeyHeader = "x-otlp-api-key";

    /// <summary>The standard endpoint and the Dashboard's, if configured.</summary>
    internal static IReadOnlyList<OtlpEndpoint> From(IConfiguration configuration) =>
        [.. new[] { Standard(configuration), Dashboard(configuration) }.OfType<OtlpEndpoint>()];

    /// <summary>The export options of a signal: its address, and an HTTP client that records no spans and no metrics.</summary>
    /// <param name="signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
    public OtlpExporterOptions OptionsFor(string signal)
    {
        var options = new OtlpExporterOptions();
        Apply(options, signal);
        return options;
    }

    internal void Apply(OtlpExporterOptions options, string signal)
    {
        options.Endpoint = Protocol == OtlpExportProtocol.HttpProtobuf
            ? new Uri($"{Address.AbsoluteUri.TrimEnd('/')}/v1/{signal}") : Address;
        options.Protocol = Protocol;
        options.Headers = Headers;
        options.HttpClientFactory = UninstrumentedClient;
    }

    /// <summary>The endpoint of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>…_PROTOCOL</c>, <c>…_HEADERS</c>; null if not set.</summary>
    /// <exception cref="InvalidOperationException">Its address is malformed or its protocol unknown.</exception>
    public static OtlpEndpoint? Standard(IConfiguration configuration) =>
        Parse(configuration, "OTEL_EXPORTER_OTLP_ENDPOINT") is not { } address ? null : new(
            address,
            configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] switch
            {
                "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
#pragma warning disable CS0618 // Aspire's dashboard still uses gRPC by default.
                null or "" or "grpc" => OtlpExportProtocol.Grpc,
#pragma warning restore CS0618
                var other => throw new InvalidOperationException(
                    $"OTEL_EXPORTER_OTLP_PROTOCOL '{other}' is not supported: use grpc or http/protobuf."),
            },
            configuration["OTEL_EXPORTER_OTLP_HEADERS"] ?? "",
            ApiKey: null);

    /// <summary>Without headers and key.</summary>
    public override string ToString() => $"{Protocol} {Address}";

    private static OtlpEndpoint? Dashboard(IConfiguration configuration) =>
        Parse(configuration, "Dashboard:OtlpEndpoint") is not { } address ? null : new(
            address,
            OtlpExportProtocol.HttpProtobuf,
            Headers: "",
            configuration["Dashboard:OtlpApiKey"]);

    private static Uri? Parse(IConfiguration configuration, string name)
    {
        if (configuration[name] is not { Length: > 0 } value)
        {
            return null;
        }

        return Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new InvalidOperationException(
                $"{name.Replace(":", "__", StringComparison.Ordinal)} must be an absolute http or https address.");
    }

    /// <summary>Exporting records no spans, metrics or trace headers, to avoid a feedback loop.</summary>
    private HttpClient UninstrumentedClient()
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            MeterFactory = new UnexportedMeters(),
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
        // Not among Headers, where a key with a comma or an equals sign would be split.
        if (!string.IsNullOrEmpty(ApiKey))
        {
            client.DefaultRequestHeaders.Add(ApiKeyHeader, ApiKey);
        }

        return client;
    }
}
