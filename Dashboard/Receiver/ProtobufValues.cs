using System.Globalization;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>KeyValue and AnyValue of OTLP's common.proto.</summary>
internal static class ProtobufValues
{
    public static void ReadAttribute(ReadOnlySpan<byte> keyValue, ref List<Tag>? attributes, Intake intake)
    {
        var key = "";
        ReadOnlySpan<byte> value = default;
        for (var reader = new WireReader(keyValue); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: key = intake.Name(reader.Bytes()); break;
                case 2: value = reader.Bytes(); break;
                default: reader.Skip(); break;
            }
        }

        if (key.Length == 0) { return; }
        var (kind, text) = Read(value, intake);
        intake.Add(ref attributes, key, kind, text);
    }

    public static (TagKind Kind, string Text) Read(ReadOnlySpan<byte> anyValue, Intake intake)
    {
        var result = (TagKind.Text, "");
        for (var reader = new WireReader(anyValue); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: result = (TagKind.Text, intake.Text(reader.Bytes())); break;
                case 2: result = (TagKind.Flag, reader.Varint() != 0 ? "true" : "false"); break;
                case 3: result = (TagKind.Whole, ((long)reader.Varint()).ToString(CultureInfo.InvariantCulture)); break;
                case 4: result = Number(BitConverter.UInt64BitsToDouble(reader.Fixed64())); break;
                case 5 or 6: result = (TagKind.Json, Nested(reader.Field == 6, reader.Bytes(), intake)); break;
                // Bytes would be shown to nobody and could hide a token from the redaction.
                case 7: result = (TagKind.Text, $"{reader.Bytes().Length} bytes"); break;
                default: reader.Skip(); break;
            }
        }

        return result;
    }

    public static (TagKind Kind, string Text) Number(double value) =>
        (double.IsFinite(value) ? TagKind.Real : TagKind.Text, value.ToString("R", CultureInfo.InvariantCulture));

    private static string Nested(bool isMap, ReadOnlySpan<byte> container, Intake intake)
    {
        using var json = new NestedValue(intake);
        WriteContainer(isMap, container, json, 1, intake);
        return json.Finish();
    }

    private static void WriteContainer(bool isMap, ReadOnlySpan<byte> container, NestedValue json, int depth, Intake intake)
    {
        if (isMap) { json.Writer.WriteStartObject(); }
        else { json.Writer.WriteStartArray(); }

        for (var reader = new WireReader(container); reader.Next();)
        {
            if (reader.Field != 1) { reader.Skip(); }
            else if (!json.HasRoom(depth)) { break; }
            else if (isMap) { WriteMember(reader.Bytes(), json, depth, intake); }
            else { WriteValue(reader.Bytes(), json, depth, intake); }
        }

        if (isMap) { json.Writer.WriteEndObject(); }
        else { json.Writer.WriteEndArray(); }
    }

    private static void WriteMember(ReadOnlySpan<byte> keyValue, NestedValue json, int depth, Intake intake)
    {
        var key = "";
        ReadOnlySpan<byte> value = default;
        for (var reader = new WireReader(keyValue); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1: key = intake.Name(reader.Bytes()); break;
                case 2: value = reader.Bytes(); break;
                default: reader.Skip(); break;
            }
        }

        if (SensitiveText.IsDropped(key)) { return; }
        json.Writer.WritePropertyName(key);
        WriteValue(value, json, depth, intake);
    }

    private static void WriteValue(ReadOnlySpan<byte> anyValue, NestedValue json, int depth, Intake intake)
    {
        var reader = new WireReader(anyValue);
        if (reader.Next() && reader.Field is 5 or 6)
        {
            WriteContainer(reader.Field == 6, reader.Bytes(), json, depth + 1, intake);
            return;
        }

        var (kind, text) = Read(anyValue, intake);
        json.Write(kind, text);
    }
}
