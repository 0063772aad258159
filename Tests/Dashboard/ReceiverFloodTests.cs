using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using TraceDemo.Dashboard.Receiver;

namespace TraceDemo.Tests.Dashboard;

/// <summary>Who keeps the receiver busy, with a key or without, keeps no other sender out.</summary>
public sealed class ReceiverFloodTests
{
    private const string GatewayKey = "0123456789-gateway";
    private const string AgentKey = "0123456789-agents!";

    private static readonly byte[] OfGateway = OtlpMessage.Traces("gateway", OtlpMessage.Span(1));
    private static readonly byte[] OfAgents = OtlpMessage.Traces("agent-service", OtlpMessage.Span(2));

    [Fact]
    public async Task Idle_connections_do_not_block_any_sender()
    {
        await using var receiver = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(OfAgents, key: AgentKey));
        var idle = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => ConnectIdleAsync(receiver)));

        using var honest = await RawSender.ConnectAsync(receiver, RawSender.Head(OfGateway.Length, GatewayKey));
        await honest.SendAsync(OfGateway);
        Assert.Contains(" 200 ", await honest.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(OfAgents, key: AgentKey));
        Assert.InRange(receiver.Services.GetRequiredService<OtlpConnections>().Strangers, 1, 32);
        foreach (var connection in idle)
        {
            connection?.Dispose();
        }
    }

    [Fact]
    public async Task A_request_without_the_key_is_refused_before_its_body_is_read()
    {
        await using var receiver = await StartAsync();
        using var stranger = await RawSender.ConnectAsync(receiver, RawSender.Head(1_000_000, "not-the-key-of-anyone", "gzip"));
        Assert.Contains(" 401 ", await stranger.AnswerAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_uploads_reserve_only_the_memory_of_received_bytes()
    {
        await using var receiver = await StartAsync();
        var begin = ReceiverHost.Gzip(new byte[50_000])[..20];
        var slow = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => RawSender.ConnectAsync(receiver, RawSender.Head(1_000_000, AgentKey, "gzip"))));
        foreach (var upload in slow)
        {
            await upload.SendAsync(begin);
        }

        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(ReceiverHost.Gzip(OfGateway), encoding: "gzip", key: GatewayKey));
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(ReceiverHost.Gzip(OfAgents), encoding: "gzip", key: AgentKey));
        foreach (var upload in slow)
        {
            upload.Dispose();
        }
    }

    [Fact]
    public async Task A_sender_that_fills_its_share_takes_nothing_from_others()
    {
        await using var receiver = await StartAsync(("Otlp:MaxBytesInFlight", "262144"), ("Otlp:RequestTimeout", "00:05:00"));
        // Fewer than an address may have before their keys are read, and together more than the share of a sender.
        var slow = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => RawSender.ConnectAsync(receiver, RawSender.Head(100_000, AgentKey))));
        await Replica.UntilAsync(async () => await receiver.StatusAsync(OfAgents, key: AgentKey) == HttpStatusCode.TooManyRequests);

        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(OfGateway, key: GatewayKey));
        foreach (var upload in slow)
        {
            upload.Dispose();
        }
        await Replica.UntilAsync(async () => await receiver.StatusAsync(OfAgents, key: AgentKey) == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("POST /v1/traces HTTP/1.1\r\nHost: rec")]
    [InlineData(
        "POST /v1/traces HTTP/1.1\r\nHost: receiver\r\nContent-Type: application/x-protobuf\r\nContent-Length: 1000\r\nx-otlp-api-key: "
        + "0123456789-gateway\r\n\r\nab")]
    public async Task A_stalled_request_is_aborted(string begin)
    {
        await using var receiver = await StartAsync(("Otlp:RequestTimeout", "00:00:01"));
        using var slow = await RawSender.ConnectAsync(receiver, begin);
        var answer = await slow.AnswerAsync();
        Assert.True(answer.Length == 0 || answer.Contains(" 408 ", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_sender_over_its_connection_limit_loses_its_own_longest_idle_connection()
    {
        await using var receiver = await StartAsync(("Otlp:MaxConnectionsPerSender", "2"));
        using var other = await RequestAsync(receiver, OfAgents, AgentKey);
        using var first = await RequestAsync(receiver, OfGateway, GatewayKey);
        using var second = await RequestAsync(receiver, OfGateway, GatewayKey);
        using var third = await RequestAsync(receiver, OfGateway, GatewayKey);

        Assert.Equal("", await first.AnswerAsync());
        Assert.Contains(" 200 ", await AgainAsync(second, OfGateway, GatewayKey), StringComparison.Ordinal);
        Assert.Contains(" 200 ", await AgainAsync(other, OfAgents, AgentKey), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_body_over_the_limit_is_too_large_and_not_busy()
    {
        await using var receiver = await StartAsync();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge,
            await receiver.StatusAsync(ReceiverHost.Gzip(new byte[20_000_000]), encoding: "gzip", key: GatewayKey));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void All_addresses_of_one_machine_count_as_one(string one, string another, bool same) => Assert.Equal(
        same,
        OtlpConnections.AddressOf(new IPEndPoint(IPAddress.Parse(one), 1)) == OtlpConnections.AddressOf(
            new IPEndPoint(IPAddress.Parse(another), 2)));

    private static Task<ReceiverHost> StartAsync(params (string, string?)[] settings) =>
        ReceiverHost.StartAsync([("Otlp:Keys:gateway", GatewayKey), ("Otlp:Keys:agent-service", AgentKey), .. settings]);

    /// <summary>Null where the receiver has closed it before it was open: it had become one too many.</summary>
    private static async Task<RawSender?> ConnectIdleAsync(ReceiverHost receiver)
    {
        try
        {
            return await RawSender.ConnectAsync(receiver);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static async Task<RawSender> RequestAsync(ReceiverHost receiver, byte[] body, string key)
    {
        var sender = await RawSender.ConnectAsync(receiver);
        Assert.Contains(" 200 ", await AgainAsync(sender, body, key), StringComparison.Ordinal);
        return sender;
    }

    private static async Task<string> AgainAsync(RawSender sender, byte[] body, string key)
    {
        await sender.SendAsync([.. System.Text.Encoding.ASCII.GetBytes(RawSender.Head(body.Length, key)), .. body]);
        return await sender.AnswerAsync();
    }
}
