using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TraceDemo.Dashboard.Forwarding;
using TraceDemo.Dashboard.Receiver;
using TraceDemo.Standalone.Instance;

namespace TraceDemo.Tests.Dashboard;

/// <summary>An endpoint that refuses, hangs or is away costs its own copies and nothing else.</summary>
public sealed class ForwardingFaultTests : IAsyncDisposable
{
    private static readonly byte[] OneSpan = OtlpMessage.Traces("keycloak", OtlpMessage.Span(1));
    private static readonly byte[] Mebibyte =
        OtlpMessage.Traces("keycloak", OtlpMessage.Span(1, attributes: OtlpMessage.Attribute("big", new string('x', 1 << 20))));

    private readonly LogLines _log = new();
    private readonly ManualTime _time = new();
    private ReceiverHost? _receiver;

    private ReceiverHost Receiver => _receiver ?? throw new InvalidOperationException("Not started.");
    private ForwardQueue Queue => Receiver.Services.GetRequiredService<ForwardQueue>();
    private TraceForwarder Forwarder => Receiver.Services.GetRequiredService<TraceForwarder>();
    private IEnumerable<string> Changes =>
        _log.Lines.Where(line => line.Split(' ')[0] is "forwarding.reachable" or "forwarding.unreachable");

    [Fact]
    public async Task While_the_endpoint_hangs_senders_get_responses_and_the_queue_drops_messages_over_its_limit()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: true);
        var released = Hang(target);
        await StartAsync(target);
        for (var message = 0; message < 6; message++)
        {
            await SendAsync(Mebibyte);
        }

        Assert.InRange(Queue.Bytes, 3 << 20, ForwardQueue.MaxBytes);
        Assert.Equal(3, Queue.Dropped);

        released.SetResult();
        await Receiver.StopAsync();
        Assert.Equal((3, 0, 0), (Forwarder.Forwarded, Forwarder.Failed, Queue.Bytes));
        Assert.Equal(3, target.Rest().Count);
    }

    /// <summary>As small as a message can be: a field that nobody knows.</summary>
    private static readonly byte[] AnotherField = [16, 1];

    [Fact]
    public void Small_messages_are_counted_with_their_overhead()
    {
        var queue = new ForwardQueue();
        queue.Open(["keycloak"]);
        for (var message = 0; message < 200_000; message++)
        {
            queue.Offer(new Sender("keycloak"), AnotherField);
        }
        Assert.InRange(queue.Bytes, ForwardQueue.MaxBytes - 100, ForwardQueue.MaxBytes);
        Assert.Equal(200_000, queue.Count + queue.Dropped);
        Assert.InRange(queue.Count, 1, ForwardQueue.MaxBytes / 32);
    }

    [Fact]
    public async Task An_attempt_without_a_response_times_out_and_the_next_message_is_sent()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: true);
        target.AnswerFirst(1, context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await StartAsync(target);
        await SendAsync(OneSpan);
        await target.NextAsync();
        _time.Advance(TraceForwarder.AttemptTimeout);
        await SendAsync(OneSpan);
        await target.NextAsync();
        await Receiver.StopAsync();

        Assert.Equal((1, 1), (Forwarder.Forwarded, Forwarder.Failed));
        Assert.Equal(["forwarding.unreachable", "forwarding.reachable"], Changes.Select(line => line.Split(' ')[0]));
        Assert.Contains("no response in time", Changes.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unavailable_endpoint_affects_no_sender_and_is_logged_once()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: true);
        await StartAsync(target, ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{FreePorts.NextPort()}"));
        for (var message = 0; message < 20; message++)
        {
            await SendAsync(OneSpan);
        }
        await Receiver.StopAsync();

        Assert.InRange(Forwarder.Failed, 1, 20);
        Assert.Contains("ConnectionError", Assert.Single(Changes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "trailer", "gRPC status 14")]
    [InlineData(true, "header", "gRPC status 16")]
    [InlineData(true, "none", "no gRPC status")]
    [InlineData(true, "503", "HTTP status 503")]
    [InlineData(false, "503", "HTTP status 503")]
    [InlineData(false, "307", "HTTP status 307")]
    public async Task A_refusal_is_a_failure_logged_once_until_the_endpoint_accepts_again(bool isGrpc, string refusal, string logged)
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc);
        target.AnswerFirst(3, context => RefuseAsync(context, refusal));
        await StartAsync(target);
        for (var message = 0; message < 4; message++)
        {
            await SendAsync(OneSpan);
            await target.NextAsync();
        }

        await Receiver.StopAsync();

        Assert.Equal((1, 3), (Forwarder.Forwarded, Forwarder.Failed));
        Assert.Equal(["forwarding.unreachable", "forwarding.reachable"], Changes.Select(line => line.Split(' ')[0]));
        Assert.Contains(logged, Changes.First(), StringComparison.Ordinal);
        Assert.Contains("3 failed, 0 dropped", Changes.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_line_shows_a_key_or_a_header()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: true);
        target.Answer = context =>
        {
            context.Response.Headers["grpc-message"] = context.Request.Headers["x-otlp-api-key"];
            return RefuseAsync(context, "header");
        };
        await StartAsync(target);
        await SendAsync(OneSpan);
        Assert.Equal(ForwardTarget.ApiKey, (await target.NextAsync()).Headers["x-otlp-api-key"]);
        await Receiver.StopAsync();

        Assert.Single(Changes);
        Assert.All(
            [ForwardTarget.ApiKey, ForwardTarget.KeycloakKey],
            key => Assert.DoesNotContain(_log.Lines, line => line.Contains(key, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_message_nested_too_deeply_to_redact_is_dropped_and_not_counted_as_endpoint_failure()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: true);
        await StartAsync(target);
        var deep = OtlpMessage.Attribute("deep", OtlpMessage.Nested(5_000));
        await SendAsync(OtlpMessage.Traces("keycloak", OtlpMessage.Span(1, attributes: deep)));
        await SendAsync(OneSpan);
        await Receiver.StopAsync();

        Assert.Equal(OneSpan, Assert.Single(target.Rest()).Message);
        Assert.Equal((1, 1), (Forwarder.Forwarded, Forwarder.Failed));
        Assert.Empty(Changes);
    }

    [Fact]
    public async Task Queued_messages_are_sent_before_the_host_has_stopped()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        var released = Hang(target);
        await StartAsync(target);
        for (var message = 0; message < 3; message++)
        {
            await SendAsync(OneSpan);
        }
        await target.NextAsync();
        var stopping = Receiver.StopAsync();
        released.SetResult();
        await stopping;

        Assert.Equal(2, target.Rest().Count);
        Assert.Equal(3, Forwarder.Forwarded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Shutdown_makes_no_futile_second_attempt_and_stays_within_the_hosts_timeout(bool hasTime)
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        Hang(target);
        await StartAsync(target);
        for (var message = 0; message < 3; message++)
        {
            await SendAsync(OneSpan);
        }
        await target.NextAsync();
        var stopping = Forwarder.StopAsync(new CancellationToken(canceled: !hasTime));
        if (hasTime)
        {
            _time.Advance(TraceForwarder.AttemptTimeout);
        }
        await stopping;

        Assert.Empty(target.Rest());
        Assert.Contains(_log.Lines, line => line.StartsWith("forwarding.stopped Trace messages forwarded: 0", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_receiver is not null)
        {
            await _receiver.DisposeAsync();
        }
        _log.Dispose();
    }

    private async Task StartAsync(ForwardTarget target, params (string, string?)[] more) => _receiver = await ReceiverHost.StartAsync(
        builder =>
        {
            builder.Logging.AddProvider(_log);
            builder.Services.AddSingleton<TimeProvider>(_time);
        },
        [.. target.Settings, .. more]);

    private async Task SendAsync(byte[] message) =>
        Assert.Equal(HttpStatusCode.OK, await Receiver.StatusAsync(message, key: ForwardTarget.KeycloakKey));

    private static TaskCompletionSource Hang(ForwardTarget target)
    {
        var answer = target.Answer;
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        target.Answer = async context =>
        {
            await released.Task.WaitAsync(context.RequestAborted);
            await answer(context);
        };
        return released;
    }

    private static Task RefuseAsync(HttpContext context, string how)
    {
        switch (how)
        {
            case "trailer":
                return ForwardTarget.Grpc(context, 14);
            case "header":
                context.Response.Headers["grpc-status"] = "16";
                break;
            case "none":
                break;
            default:
                context.Response.StatusCode = int.Parse(how);
                context.Response.Headers.Location = "/elsewhere";
                break;
        }

        return Task.CompletedTask;
    }
}
