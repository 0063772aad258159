using System.Buffers.Binary;
using System.Text;

namespace TraceDemo.Tests.Framework.Telemetry;

/// <summary>A protobuf message read without its schema: the values of each field number, in the order of the wire.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtobufMessage(ReadOnlyMemory<byte> wire)
    {
        var position = 0;
        while (position < wire.Length)
        {
            var tag = Varint(wire.Span, ref position);
            _fields.Add(Field((int)(tag >> 3), (int)(tag & 7), wire, ref position));
        }
    }

    public IEnumerable<ProtobufMessage> Messages(int number) => Of(number).Select(field => new ProtobufMessage(field.Bytes));

    public ProtobufMessage? Message(int number) => Messages(number).FirstOrDefault();

    public string Text(int number) => Encoding.UTF8.GetString(Of(number).LastOrDefault().Bytes.Span);

    public string Hex(int number) => Convert.ToHexStringLower(Of(number).LastOrDefault().Bytes.Span);

    public ulong Number(int number) => Of(number).LastOrDefault().Value;

    public bool Has(int number) => Of(number).Any();

    private IEnumerable<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> Of(int number) =>
        _fields.Where(field => field.Number == number);

    private static (int Number, ulong Value, ReadOnlyMemory<byte> Bytes) Field(
        int number, int type, ReadOnlyMemory<byte> wire, ref int position)
    {
        switch (type)
        {
            case 0:
                return (number, Varint(wire.Span, ref position), default);
            case 1:
                position += 8;
                return (number, BinaryPrimitives.ReadUInt64LittleEndian(wire.Span[(position - 8)..]), default);
            case 2:
                var length = (int)Varint(wire.Span, ref position);
                position += length;
                return (number, 0, wire.Slice(position - length, length));
            case 5:
                position += 4;
                return (number, BinaryPrimitives.ReadUInt32LittleEndian(wire.Span[(position - 4)..]), default);
            default:
                throw new FormatException($"wire type {type}");
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> wire, ref int position)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var next = wire[position++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
