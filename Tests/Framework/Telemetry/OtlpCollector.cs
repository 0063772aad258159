using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>An OTLP/HTTP receiver on a free port that keeps all it gets. Each test has
/// its own; services are pointed at <see cref="Address"/>.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Delivery> _deliveries = new();
    private volatile TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpCollector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Receive);
    }

    /// <summary>One request: its path, its headers, its body as sent (not compressed).</summary>
    public sealed record Delivery(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

    public string Address => _app.Urls.Single();

    public IReadOnlyCollection<Delivery> Deliveries => _deliveries;

    public IEnumerable<ReceivedSpan> Spans => Bodies("/v1/traces").SelectMany(ReceivedSpan.Read);

    public IEnumerable<ReceivedLog> Logs => Bodies("/v1/logs").SelectMany(ReceivedLog.Read);

    public static async Task<OtlpCollector> Start()
    {
        var collector = new OtlpCollector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Looks again at each delivery until <paramref name="select"/> finds something; fails after twenty seconds.</summary>
    public async Task<T> Wait<T>(Func<OtlpCollector, T?> select, CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var arrival = _arrival.Task;
            if (select(this) is { } found)
            {
                return found;
            }

            await arrival.WaitAsync(timeout.Token);
        }
    }

    /// <summary>The spans of a trace, oldest delivery first, as soon as there are as many as expected.</summary>
    public Task<List<ReceivedSpan>> Trace(string traceId, int count, CancellationToken cancellationToken) => Wait(
        collector => collector.Spans.Where(span => span.TraceId == traceId).ToList() is { } spans && spans.Count >= count ? spans : null,
        cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<byte[]> Bodies(string path) =>
        _deliveries.Where(delivery => delivery.Path == path).Select(delivery => delivery.Body);

    private async Task Receive(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _deliveries.Enqueue(new(
            context.Request.Path, context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        Interlocked.Exchange(ref _arrival, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
