using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.Traces;
using TraceDemo.ServiceDefaults.Telemetry;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>OTLP/HTTP as https://opentelemetry.io/docs/specs/otlp/#otlphttp describes it.</summary>
internal sealed class OtlpEndpoints(
    IOptions<OtlpOptions> options, SenderKeys keys, OtlpConnections connections, MemoryBudget memory, TraceStore store,
    IntakeCounters counters, ForwardQueue forward)
{
    private readonly StringPool _pool = new();
    private readonly ResourcePool _resources = new(TimeProvider.System);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/traces", context => ReceiveAsync(Signal.Traces, context));
        routes.MapPost("/v1/logs", context => ReceiveAsync(Signal.Logs, context));
        routes.MapPost("/v1/metrics", context => ReceiveAsync(Signal.Metrics, context));
    }

    private async Task ReceiveAsync(Signal signal, HttpContext context)
    {
        var response = new OtlpResponse(context);
        var isKnown = keys.TryIdentify(context.Request.Headers[OtlpEndpoint.ApiKeyHeader], out var sender);
        if (isKnown && context.Features.Get<OtlpConnection>() is { } connection)
        {
            connections.Identify(connection, sender);
        }

        if (!isKnown)
        {
            // The body has not been read, and will not be.
            context.Response.Headers.Connection = "close";
            await response.RefuseAsync(
                StatusCodes.Status401Unauthorized, $"Send the key of your service in the header {OtlpEndpoint.ApiKeyHeader}.");
        }
        else if (!response.IsProtobuf && !response.IsJson)
        {
            await response.RefuseAsync(StatusCodes.Status415UnsupportedMediaType, "Send application/x-protobuf or application/json.");
        }
        else if (context.Request.Headers.ContentEncoding.ToString() is not ("" or "identity" or "gzip"))
        {
            await response.RefuseAsync(StatusCodes.Status415UnsupportedMediaType, "Send the body plain or as gzip.");
        }
        else
        {
            await AdmitAsync(signal, sender, response, context);
        }
    }

    private async Task AdmitAsync(Signal signal, Sender sender, OtlpResponse response, HttpContext context)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        timeout.CancelAfter(options.Value.RequestTimeout);
        using var reservation = memory.Begin(sender);
        using var body = new OtlpBody(reservation);
        try
        {
            var fault = await body.ReadAsync(
                context.Request, context.Request.Headers.ContentEncoding == "gzip", options.Value, timeout.Token);
            if (fault == BodyFault.None && response.IsJson)
            {
                fault = TakeForJson(body.Bytes.Length, reservation);
            }
            await (fault switch
            {
                BodyFault.TooLarge => response.RefuseAsync(
                    StatusCodes.Status413PayloadTooLarge, "The body is too large: send smaller batches."),
                BodyFault.Busy => RefuseBusyAsync(response, context),
                BodyFault.None => TakeAsync(signal, sender, response, body.Bytes),
                _ => throw new UnreachableException(),
            });
        }
        // GetString of System.Text.Json throws InvalidOperationException for text that is not valid Unicode.
        catch (Exception malformed) when (malformed is InvalidDataException or JsonException or InvalidOperationException)
        {
            counters.CountMalformed();
            await response.RefuseAsync(StatusCodes.Status400BadRequest, "The body is not an OTLP message of its content type.");
        }
        catch (Exception late) when (IsLate(late, context))
        {
            context.Response.Headers.Connection = "close";
            await response.RefuseAsync(StatusCodes.Status408RequestTimeout, "The body did not arrive in time.");
        }
    }

    /// <summary>JsonDocument allocates 12 bytes for each token, which may be as short as two.</summary>
    private BodyFault TakeForJson(long length, MemoryBudget.Reservation reservation) =>
        7 * length > options.Value.MaxBytesInFlightOfSender ? BodyFault.TooLarge
        : reservation.TryTake(6 * length) ? BodyFault.None
        : BodyFault.Busy;

    private static bool IsLate(Exception failure, HttpContext context) =>
        failure is BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }
        || (failure is OperationCanceledException && !context.RequestAborted.IsCancellationRequested);

    private static Task RefuseBusyAsync(OtlpResponse response, HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return response.RefuseAsync(StatusCodes.Status429TooManyRequests, "The receiver is busy.");
    }

    private Task TakeAsync(Signal signal, Sender sender, OtlpResponse response, ReadOnlyMemory<byte> body)
    {
        var intake = new Intake(sender, _pool, _resources);
        Read(signal, response.IsJson, body, intake);
        store.Add(intake.Spans, intake.Logs);
        counters.Count(intake);
        // All or nothing: a message with spans that the sender may not send is not forwarded.
        if (signal == Signal.Traces && response.IsProtobuf && intake is { Rejected: 0, Spans.Count: > 0 })
        {
            forward.Offer(sender, body.Span);
        }

        return response.AcceptAsync(signal, intake);
    }

    /// <summary>Fills the intake; throws one of the three exceptions above if the body is malformed, and no other.</summary>
    internal static void Read(Signal signal, bool json, ReadOnlyMemory<byte> body, Intake intake)
    {
        switch (signal, json)
        {
            case (Signal.Traces, true): JsonSignals.ReadTraces(body, intake); break;
            case (Signal.Traces, false): ProtobufTraces.Read(body.Span, intake); break;
            case (Signal.Logs, true): JsonSignals.ReadLogs(body, intake); break;
            case (Signal.Logs, false): ProtobufLogs.Read(body.Span, intake); break;
            default: break; // Metrics are accepted, so that senders need no exception for us, and dropped.
        }
    }
}
