using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using OpenTelemetry.Exporter;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Forwarding;

/// <summary>
/// Sends an encoded ExportTraceServiceRequest as OTLP/HTTP or OTLP/gRPC (https://opentelemetry.io/docs/specs/otlp/, 1.x). Both, because
/// Aspire names a gRPC endpoint unless it is configured otherwise. The exporters of the SDK take spans only, not messages that are encoded
/// already; like theirs, its requests leave no spans, metrics or logs.
/// </summary>
internal sealed class OtlpTraceClient : IDisposable
{
    private const string GrpcMethod = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly bool _isGrpc;

    public OtlpTraceClient(OtlpEndpoint endpoint)
    {
        var options = endpoint.OptionsFor("traces");
        _isGrpc = options.Protocol != OtlpExportProtocol.HttpProtobuf;
        _address = _isGrpc ? new Uri(options.Endpoint.AbsoluteUri.TrimEnd('/') + GrpcMethod) : options.Endpoint;
        _http = options.HttpClientFactory();
        // A response is empty or contains the number of rejected spans.
        _http.MaxResponseContentBufferSize = 64 * 1024;
        OtlpHeaders.Add(_http.DefaultRequestHeaders, endpoint.Headers);
    }

    /// <summary>Null if the endpoint accepted the message, otherwise the reason, without content of the message or the headers.</summary>
    public async Task<string?> SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        try
        {
            using var request = _isGrpc ? GrpcRequest(message) : HttpRequest(message);
            using var response = await _http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode && _isGrpc ? GrpcFault(response) : HttpFault(response);
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError.ToString();
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage HttpRequest(byte[] message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(message) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        return request;
    }

    /// <summary>
    /// A unary call (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). With exactly HTTP/2, https negotiates it by ALPN and
    /// http begins with it (RFC 9113 §3.3, prior knowledge).
    /// </summary>
    private HttpRequestMessage GrpcRequest(byte[] message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Framed(message)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return request;
    }

    /// <summary>Length-Prefixed-Message: a byte for "not compressed", and the length.</summary>
    private static byte[] Framed(byte[] message)
    {
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    private static string? HttpFault(HttpResponseMessage response) =>
        response.IsSuccessStatusCode ? null : $"HTTP status {(int)response.StatusCode}";

    /// <summary>The status is a trailer, or a header of a message-less response ("Trailers-Only"). Without it the call failed.</summary>
    private static string? GrpcFault(HttpResponseMessage response) =>
        (GrpcStatus(response.TrailingHeaders) ?? GrpcStatus(response.Headers)) switch
        {
            0 => null,
            { } status => $"gRPC status {status}",
            null => "no gRPC status",
        };

    private static int? GrpcStatus(HttpResponseHeaders headers) =>
        headers.TryGetValues("grpc-status", out var values) && int.TryParse(values.First(), out var status) ? status : null;
}
