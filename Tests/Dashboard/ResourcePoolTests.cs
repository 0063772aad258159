using System.Net;
using TraceDemo.Dashboard.Receiver;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

public sealed class ResourcePoolTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Equal_resources_of_a_service_are_stored_once()
    {
        var pool = new ResourcePool(_time);
        var first = pool.Get("gateway", Description("one"));
        Assert.Same(first, pool.Get("gateway", Description("one")));
        Assert.NotSame(first, pool.Get("gateway", Description("another")));
        Assert.NotSame(first, pool.Get("user-service", Description("one")));
        Assert.Same(Resource.None, pool.Get("gateway", []));
    }

    [Fact]
    public void A_repeatedly_restarted_process_is_described_each_time()
    {
        var pool = new ResourcePool(_time);
        for (var start = 0; start < 5 * ResourcePool.MaxPerService; start++)
        {
            Assert.Equal(Description($"{start}"), pool.Get("gateway", Description($"{start}"))?.Attributes);
            _time.Advance(ResourcePool.Silence / (ResourcePool.MaxPerService - 1));
        }
    }

    [Fact]
    public void The_oldest_resource_is_evicted_from_everything_that_refers_to_it()
    {
        var pool = new ResourcePool(_time);
        var running = pool.Get("gateway", Description("running"))!;
        var ended = pool.Get("gateway", Description("ended"))!;
        _time.Advance(ResourcePool.Silence);
        for (var process = 2; process < ResourcePool.MaxPerService; process++)
        {
            pool.Get("gateway", Description($"{process}"));
        }

        Assert.Same(running, pool.Get("gateway", Description("running")));
        Assert.NotNull(pool.Get("gateway", Description("one more")));
        Assert.Empty(ended.Attributes);
        Assert.Same(running, pool.Get("gateway", Description("running")));
        Assert.Equal(Description("running"), running.Attributes);
        Assert.NotSame(ended, pool.Get("gateway", Description("ended")));
    }

    [Fact]
    public void Resources_already_known_are_kept_when_many_processes_of_a_service_send_in_turn()
    {
        var pool = new ResourcePool(_time);
        var processes = Enumerable.Range(0, 2 * ResourcePool.MaxPerService).ToList();
        var first = processes.ConvertAll(process => pool.Get("gateway", Description($"{process}")));
        for (var round = 0; round < 100; round++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(first, processes.ConvertAll(process => pool.Get("gateway", Description($"{process}"))));
        }

        Assert.All(first.Take(ResourcePool.MaxPerService), description => Assert.Equal(2, description!.Attributes.Count));
        Assert.All(first.Skip(ResourcePool.MaxPerService), Assert.Null);
    }

    [Fact]
    public void A_service_with_many_resources_evicts_none_of_others()
    {
        var pool = new ResourcePool(_time);
        var first = pool.Get("user-service", Description("one"))!;
        for (var process = 0; process < 1000; process++)
        {
            pool.Get("gateway", Description($"{process}"));
        }

        Assert.Same(first, pool.Get("user-service", Description("one")));
        Assert.Equal(2, first.Attributes.Count);
    }

    [Fact]
    public void Oversized_resources_and_excess_services_are_omitted()
    {
        var pool = new ResourcePool(_time);
        Assert.Null(pool.Get("gateway", Description(new string('x', ResourcePool.MaxCharacters))));
        for (var service = 0; service < ResourcePool.MaxServices; service++)
        {
            Assert.NotNull(pool.Get($"service-{service}", Description("one")));
        }

        Assert.Null(pool.Get("one-more-service", Description("one")));
        Assert.NotNull(pool.Get("service-0", Description("another")));
    }

    [Fact]
    public async Task All_spans_of_a_process_share_its_resource_in_any_encoding()
    {
        await using var receiver = await ReceiverHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(Message(OtlpMessage.Span(1), OtlpMessage.Span(2))));
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(Message(OtlpMessage.Span(3))));
        Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(
            """
            {"resourceSpans":[{"resource":{"attributes":[
              {"key":"service.name","value":{"stringValue":"a"}},{"key":"host.name","value":{"stringValue":"h"}}]},
              "scopeSpans":[{"spans":[{"traceId":"abababababababababababababababab","spanId":"0000000000000004"}]}]}]}
            """u8.ToArray(),
            contentType: "application/json"));

        Assert.Equal(4, receiver.Spans.Count);
        Assert.Equal([new Tag("host.name", TagKind.Text, "h")], receiver.Spans[0].Resource.Attributes);
        Assert.All(receiver.Spans, span => Assert.Same(receiver.Spans[0].Resource, span.Resource));
    }

    private static Tag[] Description(string instance) =>
        [new("service.instance.id", TagKind.Text, instance), new("host.name", TagKind.Text, "h")];

    private static byte[] Message(params byte[][] spans) =>
        OtlpMessage.Of(request => OtlpMessage.Bytes(request, 1, OtlpMessage.Of(resource =>
    {
        OtlpMessage.Bytes(resource, 2, OtlpMessage.Of(scope => Array.ForEach(spans, span => OtlpMessage.Bytes(scope, 2, span))));
        OtlpMessage.Bytes(resource, 1, OtlpMessage.Of(attributes =>
        {
            OtlpMessage.Bytes(attributes, 1, OtlpMessage.Attribute("service.name", "a"));
            OtlpMessage.Bytes(attributes, 1, OtlpMessage.Attribute("host.name", "h"));
        }));
    })));
}
