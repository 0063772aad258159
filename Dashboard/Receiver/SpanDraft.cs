using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>A span during parsing; its fields may arrive in any order and encoding.</summary>
internal struct SpanDraft(string service, string scope)
{
    public TraceId TraceId;
    public SpanId Id;
    public SpanId ParentId;
    public string Name = "";
    public ulong Kind;
    public ulong Start;
    public ulong End;
    public ulong Status;
    public string StatusMessage = "";
    public List<Tag>? Attributes;

    private List<SpanEvent>? _events;
    private List<SpanLink>? _links;

    public static long Time(ulong nanoseconds) => (long)Math.Min(nanoseconds, long.MaxValue);

    public void Add(SpanEvent item, Intake intake) => Add(ref _events, item, Intake.MaxEvents, intake);

    public void Add(SpanLink link, Intake intake) => Add(ref _links, link, Intake.MaxLinks, intake);

    public readonly void Finish(Intake intake)
    {
        if (!TraceId.IsValid || !Id.IsValid)
        {
            intake.Reject("A span needs a trace id and a span id.");
            return;
        }

        intake.Spans.Add(new Span
        {
            TraceId = TraceId,
            Id = Id,
            ParentId = ParentId,
            Service = service,
            Resource = intake.Resource,
            Scope = scope,
            Name = Name,
            Kind = Kind <= (ulong)SpanKind.Consumer ? (SpanKind)Kind : SpanKind.Unspecified,
            Start = Time(Start),
            End = Math.Max(Time(Start), Time(End)),
            Status = Status <= (ulong)SpanStatus.Error ? (SpanStatus)Status : SpanStatus.Unset,
            StatusMessage = StatusMessage,
            Attributes = Attributes?.ToArray() ?? [],
            Events = _events?.ToArray() ?? [],
            Links = _links?.ToArray() ?? [],
        });
    }

    private static void Add<T>(ref List<T>? items, T item, int max, Intake intake)
    {
        items ??= [];
        if (items.Count < max)
        {
            items.Add(item);
        }
        else
        {
            intake.CountCut();
        }
    }
}
