using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>ExportTraceServiceRequest of OTLP's trace_service.proto, and the messages of trace.proto inside it.</summary>
internal static class ProtobufTraces
{
    public static void Read(ReadOnlySpan<byte> request, Intake intake)
    {
        for (var reader = new WireReader(request); reader.Next();)
        {
            if (reader.Field == 1)
            {
                ReadResourceSpans(reader.Bytes(), intake);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadResourceSpans(ReadOnlySpan<byte> resourceSpans, Intake intake)
    {
        intake.From(ProtobufResource.Attributes(resourceSpans, intake));
        for (var reader = new WireReader(resourceSpans); reader.Next();)
        {
            if (reader.Field == 2)
            {
                ReadScopeSpans(reader.Bytes(), intake);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadScopeSpans(ReadOnlySpan<byte> scopeSpans, Intake intake)
    {
        var scope = ProtobufResource.ScopeName(scopeSpans, intake);
        for (var reader = new WireReader(scopeSpans); reader.Next();)
        {
            if (reader.Field == 2)
            {
                ReadSpan(reader.Bytes(), scope, intake);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadSpan(ReadOnlySpan<byte> span, string scope, Intake intake)
    {
        if (intake.Accept() is not { } service)
        {
            return;
        }
        var draft = new SpanDraft(service, scope);
        for (var reader = new WireReader(span); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: TraceId.TryRead(reader.Bytes(), out draft.TraceId); break;
                case 2: SpanId.TryRead(reader.Bytes(), out draft.Id); break;
                case 4: SpanId.TryRead(reader.Bytes(), out draft.ParentId); break;
                case 5: draft.Name = intake.Name(reader.Bytes()); break;
                case 6: draft.Kind = reader.Varint(); break;
                case 7: draft.Start = reader.Fixed64(); break;
                case 8: draft.End = reader.Fixed64(); break;
                case 9: ProtobufValues.ReadAttribute(reader.Bytes(), ref draft.Attributes, intake); break;
                case 11: draft.Add(ReadEvent(reader.Bytes(), intake), intake); break;
                case 13: draft.Add(ReadLink(reader.Bytes(), intake), intake); break;
                case 15: ReadStatus(reader.Bytes(), ref draft, intake); break;
                default: reader.Skip(); break;
            }
        }

        draft.Finish(intake);
    }

    private static SpanEvent ReadEvent(ReadOnlySpan<byte> message, Intake intake)
    {
        var (time, name) = (0UL, "");
        List<Tag>? attributes = null;
        for (var reader = new WireReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: time = reader.Fixed64(); break;
                case 2: name = intake.Name(reader.Bytes()); break;
                case 3: ProtobufValues.ReadAttribute(reader.Bytes(), ref attributes, intake); break;
                default: reader.Skip(); break;
            }
        }

        return new SpanEvent(SpanDraft.Time(time), name, attributes?.ToArray() ?? []);
    }

    private static SpanLink ReadLink(ReadOnlySpan<byte> message, Intake intake)
    {
        TraceId traceId = default;
        SpanId spanId = default;
        List<Tag>? attributes = null;
        for (var reader = new WireReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: TraceId.TryRead(reader.Bytes(), out traceId); break;
                case 2: SpanId.TryRead(reader.Bytes(), out spanId); break;
                case 4: ProtobufValues.ReadAttribute(reader.Bytes(), ref attributes, intake); break;
                default: reader.Skip(); break;
            }
        }

        return new SpanLink(traceId, spanId, attributes?.ToArray() ?? []);
    }

    private static void ReadStatus(ReadOnlySpan<byte> message, ref SpanDraft draft, Intake intake)
    {
        for (var reader = new WireReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 2: draft.StatusMessage = intake.Text(reader.Bytes()); break;
                case 3: draft.Status = reader.Varint(); break;
                default: reader.Skip(); break;
            }
        }
    }
}
