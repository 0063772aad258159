using System.Globalization;
using TraceDemo.Dashboard.Traces;

namespace TraceDemo.Dashboard.Receiver;

/// <summary>KeyValue and AnyValue of OTLP's common.proto.</summary>
internal static class ProtobufValues
{
    // The members of AnyValue, which are one oneof.
    private const int Text = 1;
    private const int Flag = 2;
    private const int Whole = 3;
    private const int Real = 4;
    private const int Array = 5;
    private const int Map = 6;
    private const int Opaque = 7;

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

        if (key.Length == 0)
        {
            return;
        }
        var (kind, text) = Read(value, intake);
        intake.Add(ref attributes, key, kind, text);
    }

    public static (TagKind Kind, string Text) Read(ReadOnlySpan<byte> anyValue, Intake intake)
    {
        var reader = Member(anyValue);
        if (!IsContainer(reader))
        {
            return Scalar(reader, intake);
        }
        using var json = new NestedValue(intake);
        WriteContainer(reader.Field == Map, reader.Bytes(), json, 1, intake);
        return (TagKind.Json, json.Finish());
    }

    public static (TagKind Kind, string Text) Number(double value) =>
        (double.IsFinite(value) ? TagKind.Real : TagKind.Text, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>
    /// Finds the effective member: of a oneof it is the last one (https://protobuf.dev/programming-guides/proto3/#oneof). Only that one
    /// is parsed, so that nesting is counted along a single path, and no byte is read twice on the same level.
    /// </summary>
    private static WireReader Member(ReadOnlySpan<byte> anyValue)
    {
        WireReader member = default;
        for (var reader = new WireReader(anyValue); reader.Next(); reader.Skip())
        {
            if (reader.Field is >= Text and <= Opaque)
            {
                member = reader;
            }
        }

        return member;
    }

    private static bool IsContainer(WireReader member) => member.Field is Array or Map;

    private static (TagKind Kind, string Text) Scalar(WireReader member, Intake intake) => member.Field switch
    {
        Text => (TagKind.Text, intake.Text(member.Bytes())),
        Flag => (TagKind.Flag, member.Varint() != 0 ? "true" : "false"),
        Whole => (TagKind.Whole, ((long)member.Varint()).ToString(CultureInfo.InvariantCulture)),
        Real => Number(BitConverter.UInt64BitsToDouble(member.Fixed64())),
        // Bytes are not displayed and could hide a token from redaction.
        Opaque => (TagKind.Text, $"{member.Bytes().Length} bytes"),
        _ => (TagKind.Text, ""),
    };

    private static void WriteContainer(bool isMap, ReadOnlySpan<byte> container, NestedValue json, int depth, Intake intake)
    {
        if (isMap)
        {
            json.Writer.WriteStartObject();
        }
        else
        {
            json.Writer.WriteStartArray();
        }

        for (var reader = new WireReader(container); reader.Next();)
        {
            if (reader.Field != 1)
            {
                reader.Skip();
            }
            else if (!json.HasRoom(depth))
            {
                break;
            }
            else if (isMap)
            {
                WriteMember(reader.Bytes(), json, depth, intake);
            }
            else
            {
                WriteValue(reader.Bytes(), json, depth, intake);
            }
        }

        if (isMap)
        {
            json.Writer.WriteEndObject();
        }
        else
        {
            json.Writer.WriteEndArray();
        }
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

        if (SensitiveText.IsDropped(key))
        {
            return;
        }
        json.Writer.WritePropertyName(key);
        WriteValue(value, json, depth, intake);
    }

    private static void WriteValue(ReadOnlySpan<byte> anyValue, NestedValue json, int depth, Intake intake)
    {
        var reader = Member(anyValue);
        if (IsContainer(reader))
        {
            WriteContainer(reader.Field == Map, reader.Bytes(), json, depth + 1, intake);
            return;
        }

        var (kind, text) = Scalar(reader, intake);
        json.Write(kind, text);
    }
}
