using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>Spans as the system's services send them, short enough to draw a tree in a test.</summary>
internal static class SpanData
{
    public static readonly TraceId Trace = new(0x0123456789abcdef, 0xfedcba9876543210);

    private static readonly long Now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000_000;

    public static Span Of(string service, string name, ulong id, ulong parent = 0, SpanKind kind = SpanKind.Internal, string? person = null,
        params Tag[] tags) => new()
        {
            TraceId = Trace,
            Id = new SpanId(id),
            ParentId = new SpanId(parent),
            Service = service,
            Name = name,
            Kind = kind,
            Start = Now + (long)id * 1_000_000,
            End = Now + (long)id * 1_000_000 + 500_000,
            Attributes = person is null ? tags : [new Tag("enduser.pseudo.id", TagKind.Text, person), .. tags],
        };

    public static Span Entry(ulong id, string person, ulong parent = 0) =>
        Of("gateway", "POST /api/access-delegated", id, parent, SpanKind.Server, person) with { Scope = "Microsoft.AspNetCore" };

    public static Tag Denied => new("access.granted", TagKind.Flag, "false");

    public static Tag Text(string key, string value) => new(key, TagKind.Text, value);

    public static TraceSnapshot Snapshot(params Span[] spans) => new(Trace, spans, [], DateTimeOffset.UnixEpoch);
}
