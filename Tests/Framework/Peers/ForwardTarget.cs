using System.Buffers.Binary;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TraceDemo.Tests.Framework.Peers;

/// <summary>The OTLP endpoint that traces are forwarded to: gRPC by HTTP/2 without TLS, or HTTP/1.1. It answers as a test says.</summary>
internal sealed class ForwardTarget : IAsyncDisposable
{
    public const string KeycloakKey = "0123456789-keycloak";
    public const string GatewayKey = "0123456789-gateway";
    public const string ApiKey = "key of the endpoint";

    private readonly bool _isGrpc;
    private readonly WebApplication _app;
    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>();

    private ForwardTarget(bool isGrpc)
    {
        _isGrpc = isGrpc;
        Answer = isGrpc ? context => Grpc(context, 0) : _ => Task.CompletedTask;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public sealed record Delivery(string Path, string Protocol, IReadOnlyDictionary<string, string> Headers, byte[] Message);

    public Func<HttpContext, Task> Answer { get; set; }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Of a Dashboard that forwards what Keycloak sends, and not what the gateway sends.</summary>
    public (string Name, string? Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", Address.AbsoluteUri),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", _isGrpc ? "grpc" : "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_HEADERS", $"x-otlp-api-key={Uri.EscapeDataString(ApiKey)}"),
        ("Otlp:Keys:keycloak", KeycloakKey),
        ("Otlp:Keys:gateway", GatewayKey),
        ("Otlp:Forward:0", "keycloak"),
    ];

    public static async Task<ForwardTarget> StartAsync(bool isGrpc)
    {
        var target = new ForwardTarget(isGrpc);
        await target._app.StartAsync(TestContext.Current.CancellationToken);
        return target;
    }

    /// <summary>Answers the first requests differently.</summary>
    public void AnswerFirst(int count, Func<HttpContext, Task> answer)
    {
        var (answered, others) = (0, Answer);
        Answer = context => Interlocked.Increment(ref answered) <= count ? answer(context) : others(context);
    }

    /// <summary>The next message that arrives; it may not be answered yet.</summary>
    public Task<Delivery> NextAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        return _deliveries.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
    }

    /// <summary>The messages that have arrived and were not read.</summary>
    public IReadOnlyList<Delivery> Rest()
    {
        var rest = new List<Delivery>();
        while (_deliveries.Reader.TryRead(out var delivery))
        {
            rest.Add(delivery);
        }
        return rest;
    }

    /// <summary>An empty message and the status behind it.</summary>
    public static async Task Grpc(HttpContext context, int status)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", $"{status}");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        await _deliveries.Writer.WriteAsync(new(
            context.Request.Path,
            context.Request.Protocol,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            _isGrpc ? Unframed(body.ToArray()) : body.ToArray()));
        await Answer(context);
    }

    private static byte[] Unframed(byte[] frame)
    {
        Assert.Equal(0, frame[0]);
        Assert.Equal((uint)frame.Length - 5, BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(1)));
        return frame[5..];
    }
}
