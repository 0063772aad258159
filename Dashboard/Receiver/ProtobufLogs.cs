using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>ExportLogsServiceRequest of OTLP's logs_service.proto. Records outside any trace are read and discarded.</summary>
internal static class ProtobufLogs
{
    public static void Read(ReadOnlySpan<byte> request, Intake intake)
    {
        for (var reader = new WireReader(request); reader.Next();)
        {
            if (reader.Field == 1)
            {
                ReadResourceLogs(reader.Bytes(), intake);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadResourceLogs(ReadOnlySpan<byte> resourceLogs, Intake intake)
    {
        intake.From(ProtobufResource.Attributes(resourceLogs, intake));
        for (var reader = new WireReader(resourceLogs); reader.Next();)
        {
            if (reader.Field == 2)
            {
                ReadScopeLogs(reader.Bytes(), intake);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadScopeLogs(ReadOnlySpan<byte> scopeLogs, Intake intake)
    {
        var scope = ProtobufResource.ScopeName(scopeLogs, intake);
        for (var reader = new WireReader(scopeLogs); reader.Next();)
        {
            if (reader.Field == 2)
            {
                ReadRecord(reader.Bytes(), scope, intake);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadRecord(ReadOnlySpan<byte> message, string scope, Intake intake)
    {
        if (intake.Accept() is not { } service)
        {
            return;
        }
        var (time, observed, number, severity, body, eventName) = (0UL, 0UL, 0UL, "", "", "");
        TraceId traceId = default;
        SpanId spanId = default;
        List<Tag>? attributes = null;
        for (var reader = new WireReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: time = reader.Fixed64(); break;
                case 2: number = reader.Varint(); break;
                case 3: severity = intake.Name(reader.Bytes()); break;
                case 5: body = intake.Text(ProtobufValues.Read(reader.Bytes(), intake).Text); break;
                case 6: ProtobufValues.ReadAttribute(reader.Bytes(), ref attributes, intake); break;
                case 9: TraceId.TryRead(reader.Bytes(), out traceId); break;
                case 10: SpanId.TryRead(reader.Bytes(), out spanId); break;
                case 11: observed = reader.Fixed64(); break;
                case 12: eventName = intake.Name(reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        if (!traceId.IsValid)
        {
            return;
        }
        intake.Logs.Add(new LogRecord
        {
            TraceId = traceId,
            SpanId = spanId,
            Service = service,
            Resource = intake.Resource,
            Scope = scope,
            SeverityNumber = LogRecord.Number(number),
            Time = SpanDraft.Time(time != 0 ? time : observed),
            Severity = severity,
            EventName = eventName,
            Body = body,
            Attributes = attributes?.ToArray() ?? [],
        });
    }
}
