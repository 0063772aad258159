using System.Net;
using System.Text;
using System.Text.Json;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Dashboard;

/// <summary>The download of a trace: OTLP that a receiver takes again, and no more than its viewer sees.</summary>
public sealed class RawTraceTests
{
    private static readonly Tag[] EveryKind =
    [
        new("text", TagKind.Text, "\"é\n"), new("list", TagKind.Json, """["a",{"b":1.5}]"""), new("n", TagKind.Whole, "7"),
        new("yes", TagKind.Flag, "true"), new("x", TagKind.Real, "0.5"),
    ];

    private static readonly Span Entry = SpanData.Entry(1, "alice") with
    {
        Attributes = [.. SpanData.Entry(1, "alice").Attributes, .. EveryKind],
        Events = [new SpanEvent(5, "exception", EveryKind)],
        Links = [new SpanLink(SpanData.Trace, new SpanId(9), EveryKind)],
        Status = SpanStatus.Error,
        StatusMessage = "it failed",
        Resource = new Resource([new Tag("service.instance.id", TagKind.Text, "one"), .. EveryKind]),
    };

    private static readonly Span Work = SpanData.Of("user-service", "work", 2, 1, SpanKind.Server) with { Scope = "TraceDemo" };

    private static readonly LogRecord Log = new()
    {
        TraceId = SpanData.Trace,
        SpanId = Entry.Id,
        Service = "gateway",
        Time = 1_700_000_000_000_000_000,
        Resource = Entry.Resource,
        Scope = "a.category",
        SeverityNumber = 13,
        Severity = "Warning",
        EventName = "a.name",
        Body = "what <happened>",
        Attributes = EveryKind,
    };

    private static readonly LogRecord Other = Log with
    {
        SpanId = Work.Id,
        Service = "user-service",
        Resource = Resource.None,
        Scope = "",
        SeverityNumber = 0,
        Severity = "",
        EventName = "",
        Attributes = []
    };

    [Fact]
    public async Task The_download_can_be_sent_to_a_receiver_which_restores_spans_and_logs()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        dashboard.Store.Add([Entry, Work], [Log, Other]);
        var raw = await DownloadAsync(dashboard, "alice");
        Assert.Equal("application/json", raw.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"trace-{SpanData.Trace}.json", raw.Response.Content.Headers.ContentDisposition!.FileName);

        await using var receiver = await ReceiverHost.StartAsync();
        foreach (var path in new[] { "/v1/traces", "/v1/logs" })
        {
            Assert.Equal(HttpStatusCode.OK, await receiver.StatusAsync(Encoding.UTF8.GetBytes(raw.Html), path, "application/json"));
        }

        var again = receiver.Store.Find(SpanData.Trace)!;
        AssertSame([Entry, Work], again.Spans);
        AssertSame([Log, Other], again.Logs);
    }

    [Fact]
    public async Task The_download_contains_only_what_its_viewer_may_see()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        var bobs = SpanData.Entry(3, "bob");
        dashboard.Store.Add([Entry, bobs],
            [Log, Log with { SpanId = bobs.Id, Body = "of bob's request" }, Log with { SpanId = default, Body = "of no span" }]);

        var alices = (await DownloadAsync(dashboard, "alice")).Html;
        Assert.Equal(["what <happened>"], Bodies(alices));
        Assert.DoesNotContain(bobs.Id.ToString(), alices, StringComparison.Ordinal);
        Assert.Equal(["what <happened>", "of bob's request", "of no span"], Bodies((await DownloadAsync(dashboard, "bob")).Html));
        Assert.Equal(HttpStatusCode.NotFound, (await DownloadAsync(dashboard, "carol")).Status);
    }

    [Fact]
    public async Task A_trace_with_only_logs_can_be_downloaded()
    {
        await using var dashboard = await DashboardHost.StartAsync();
        dashboard.Store.Add([], [Log]);
        Assert.Equal([Log.Body], Bodies((await DownloadAsync(dashboard, "bob")).Html));
    }

    [Fact]
    public async Task A_large_trace_is_streamed_in_parts_with_backpressure()
    {
        var spans = Enumerable.Range(1, 2000)
            .Select(id => SpanData.Of("gateway", "work", (ulong)id, tags: SpanData.Text("text", new string('x', 1000))));
        await using var reader = new CountingStream();
        await OtlpJson.WriteAsync(new TraceSnapshot(SpanData.Trace, [.. spans], [], DateTimeOffset.UnixEpoch), reader,
            TestContext.Current.CancellationToken);
        Assert.InRange(reader.LargestPart, 1, 64 * 1024);
        Assert.InRange(reader.Total, 2_000_000, 8_000_000);
    }

    private static async Task<Page> DownloadAsync(DashboardHost dashboard, string person)
    {
        using var visitor = dashboard.Visit();
        await visitor.SignInAsync(person);
        return await visitor.GetAsync($"/traces/{SpanData.Trace}/raw");
    }

    private static IEnumerable<string?> Bodies(string raw)
    {
        using var json = JsonDocument.Parse(raw);
        return [.. from resource in json.RootElement.GetProperty("resourceLogs").EnumerateArray()
                   from scope in resource.GetProperty("scopeLogs").EnumerateArray()
                   from record in scope.GetProperty("logRecords").EnumerateArray()
                   select record.GetProperty("body").GetProperty("stringValue").GetString()];
    }

    // Arrays are equal by their elements here, which records do not see.
    private static void AssertSame<T>(IEnumerable<T> expected, IEnumerable<T> actual) => Assert.Equivalent(expected, actual, strict: true);

    private sealed class CountingStream : MemoryStream
    {
        public int LargestPart { get; private set; }

        public long Total { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (LargestPart, Total) = (Math.Max(LargestPart, buffer.Length), Total + buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
